package good;

import static io.lipc.annotations.Construction.ORTHOGONAL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.001)
@Parameterized(ORTHOGONAL)
@WeightsFile("orthogonal.safetensors")
interface Orthogonal {
  @Input(
      value = {1, 4, 4},
      min = -1,
      max = 1)
  float[] x();

  @Conv2d(channels = 4, kernel = 2, stride = 2)
  @MaxMin
  float[] c(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] c);
}
