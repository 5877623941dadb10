package good;

import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(2.0)
@Parameterized(LDLT)
interface LdltBlock {
  @Input(4)
  float[] x();

  @Dense(value = 4, bias = false)
  @Tensor("shortcut")
  float[] skip(float[] x);

  @Dense(6)
  @Relu
  float[] h1(float[] x);

  @Dense(6)
  @Tanh
  float[] h2(float[] h1);

  @Dense(4)
  float[] out(float[] h2);

  @Add
  @Output
  float[] y(float[] out, float[] skip);
}
