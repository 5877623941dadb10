import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface Slopes {
  @Input(4)
  float[] x();

  @Dense(4)
  float[] skip(float[] x);

  @Dense(8)
  @Abs
  float[] a(float[] x);

  @Dense(8)
  @LeakyRelu(1.5)
  float[] b(float[] a);

  @Dense(4)
  float[] out(float[] b);

  @Add
  @Output
  float[] y(float[] skip, float[] out);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface SlopesOfAChain {
  @Input(4)
  float[] x();

  @Dense(8)
  @Identity
  float[] a(float[] x);

  @Dense(8)
  @MaxMin
  float[] b(float[] a);

  @Dense(8)
  @Abs
  float[] c(float[] b);

  @Dense(4)
  @Output
  float[] y(float[] c);
}
