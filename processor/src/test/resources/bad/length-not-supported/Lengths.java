import static io.lipc.annotations.Construction.AOL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(10.0)
interface Everywhere {
  @Input(2)
  float[] x();

  @L2Normalize(0.1)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(AOL)
interface Free {
  @Input(value = 2, min = 1, max = 2)
  float[] x();

  @Dense(2)
  float[] h(float[] x);

  @L2Normalize(1)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(10.0)
interface Calling {
  @Input(value = 2, min = 1, max = 2)
  float[] x();

  @Call(Unknown.class)
  float[] h(float[] x);

  @L2Normalize(0.1)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(Construction.LDLT)
interface Unknown {
  @Input(2)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}
