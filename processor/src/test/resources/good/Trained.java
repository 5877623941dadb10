package good;

import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
@WeightsFile("trained.safetensors")
interface Trained {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  float[] skip(float[] x);

  @Dense(2)
  float[] out(float[] h);

  @Add
  @Output
  float[] y(float[] skip, float[] out);
}
