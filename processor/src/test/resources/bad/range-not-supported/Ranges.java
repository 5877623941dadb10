import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Range(min = 1, max = -1)
interface Reversed {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Range(min = 0, max = 1)
interface Everywhere {
  @Input(2)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface Free {
  @Input(2)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
@Range(min = 0, max = 1)
interface Own {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Range(min = 0, max = 1)
interface Calling {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Call(Free.class)
  @Output
  float[] y(float[] x);
}
