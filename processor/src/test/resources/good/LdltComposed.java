package good;

import io.lipc.annotations.*;

/** Two parameterised networks and one with given weights. */
@CertifiedNetwork
@Lipschitz(0.84)
interface LdltComposed {
  @Input(value = 4, min = -1, max = 1)
  float[] x();

  @Call(LdltChain.class)
  float[] chain(float[] x);

  @Call(LdltBlock.class)
  float[] block(float[] chain);

  @Add
  float[] sum(float[] chain, float[] block);

  @Call(Residual.class)
  float[] given(float[] x);

  @Concat
  float[] joined(float[] sum, float[] given);

  @Scale(0.125)
  @Output
  float[] y(float[] joined);
}
