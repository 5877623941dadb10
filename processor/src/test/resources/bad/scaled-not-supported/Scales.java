import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(8.0)
@ScaledLipschitz(
    value = 4,
    units = {0.5, 2, 1})
interface Three {
  @Input(2)
  float[] x();

  @Scale(2)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(8.0)
@ScaledLipschitz(
    value = 4,
    units = {0.5, 0})
interface Zero {
  @Input(2)
  float[] x();

  @Scale(2)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(8.0)
@ScaledLipschitz(value = 4, per = "h")
interface Kinked {
  @Input(2)
  float[] x();

  @Relu
  float[] h(float[] x);

  @Scale(2)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(8.0)
@ScaledLipschitz(value = 4, per = "z")
interface Beside {
  @Input(2)
  float[] x();

  @Scale(2)
  float[] z(float[] x);

  @Relu
  float[] h(float[] x);

  @Add
  @Output
  float[] y(float[] z, float[] h);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
@ScaledLipschitz(
    value = 4,
    units = {0.5, 2})
interface Own {
  @Input(2)
  float[] x();

  @Dense(2)
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
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@ScaledLipschitz(
    value = 4,
    units = {0.5, 2})
interface Calling {
  @Input(2)
  float[] x();

  @Call(Free.class)
  @Output
  float[] y(float[] x);
}
