import static io.lipc.annotations.Construction.ORTHOGONAL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(ORTHOGONAL)
@WeightsFile("strided.safetensors")
interface Strided {
  @Input({1, 5, 5})
  float[] x();

  @Conv2d(channels = 4, kernel = 3, stride = 2)
  @MaxMin
  float[] c(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] c);
}
