package good;

import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface LdltChain {
  @Input(value = 4, min = -1, max = 1)
  float[] x();

  @Dense(6)
  @LeakyRelu(0.1)
  float[] h1(float[] x);

  @Dense(5)
  @Abs
  float[] h2(float[] h1);

  @Dense(4)
  @Output
  float[] y(float[] h2);
}
