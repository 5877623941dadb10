import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(0.5)
@WeightsFile("pictures.safetensors")
interface Pictures {
  @Input({1, 5, 6})
  float[] x();

  @Conv2d(channels = 2, kernel = 3, padding = 1)
  @Relu
  float[] edges(float[] x);

  @Conv2d(channels = 2, kernel = 3, padding = 1)
  @Relu
  float[] corners(float[] edges);

  @GlobalAvgPool
  float[] means(float[] corners);

  @Dense(2)
  @Output
  float[] y(float[] means);
}
