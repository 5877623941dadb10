import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface EndsInActivation {
  @Input(4)
  float[] x();

  @Dense(8)
  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(Construction.LDLT)
interface NoDense {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("trained.safetensors")
@Parameterized(LDLT)
interface Scaled {
  @Input(4)
  float[] x();

  @Dense(8)
  float[] h(float[] x);

  @Scale(0.5)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface TwoDense {
  @Input(4)
  float[] x();

  @Dense(8)
  float[] h(float[] x);

  @Dense(4)
  @Output
  float[] y(float[] h);
}
