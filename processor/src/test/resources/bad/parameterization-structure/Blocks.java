import static io.lipc.annotations.Construction.SLL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(SLL)
@WeightsFile("blocks.safetensors")
interface Blocks {
  @Input({2, 5, 5})
  float[] x();

  @Conv2d(channels = 4, kernel = 3, padding = 1)
  @Relu
  float[] h(float[] x);

  @Conv2d(channels = 2, kernel = 1)
  float[] back(float[] h);

  @Add
  float[] b(float[] x, float[] back);

  @Dense(2)
  @Output
  float[] y(float[] b);
}
