package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(4)
@WeightsFile("lengths.safetensors")
interface Lengths {
  @Input(value = 2, min = 0.5, max = 1)
  float[] x();

  @Dense(3)
  @L2Normalize(0.5)
  float[] h(float[] x);

  @Dense(3)
  @L2Normalize(0.75)
  @Output
  float[] y(float[] h);
}
