package good;

import static io.lipc.annotations.Construction.AOL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1)
@Parameterized(AOL)
@WeightsFile("aol.safetensors")
interface Aol {
  @Input(
      value = {1, 3, 3},
      min = -1,
      max = 1)
  float[] x();

  @Conv2d(channels = 2, kernel = 2, stride = 1)
  @MaxMin
  float[] c(float[] x);

  @Dense(2)
  @Abs
  float[] h(float[] c);

  @Dense(2)
  @Output
  float[] y(float[] h);
}
