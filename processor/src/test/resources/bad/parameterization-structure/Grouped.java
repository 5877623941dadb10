import static io.lipc.annotations.Construction.AOL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(AOL)
@WeightsFile("grouped.safetensors")
interface Grouped {
  @Input({2, 5, 5})
  float[] x();

  @Conv2d(channels = 4, kernel = 3, stride = 2, dilation = 2)
  @MaxMin
  float[] c(float[] x);

  @Conv2d(channels = 4, kernel = 1, groups = 2)
  @MaxMin
  float[] d(float[] c);

  @Dense(2)
  @Output
  float[] y(float[] d);
}
