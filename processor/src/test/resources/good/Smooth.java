package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(3.0)
@WeightsFile("smooth.safetensors")
interface Smooth {
  @Input(value = 3, min = -1, max = 1)
  float[] x();

  @Dense(4)
  @Silu
  float[] h(float[] x);

  @Dense(4)
  @Sigmoid
  float[] g(float[] h);

  @Add
  float[] s(float[] h, float[] g);

  @Dense(2)
  @Output
  float[] y(float[] s);
}
