import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("images.safetensors")
interface Images {
  @Input({3, 5, 5})
  float[] x();

  @Input(75)
  float[] v();

  @Conv2d(channels = 4, kernel = 3)
  float[] flat(float[] v);

  @Conv2d(channels = 4, kernel = 7, padding = 0)
  float[] large(float[] x);

  @Conv2d(channels = 4, kernel = 1, groups = 2)
  float[] grouped(float[] x);

  @Conv2d(channels = 4, kernel = 3, groups = 3)
  float[] outputs(float[] x);

  @MaxMin
  float[] pairs(float[] x);

  @Softmax
  float[] classes(float[] x);

  @MaxPool(6)
  float[] pooled(float[] x);

  @GlobalAvgPool
  float[] mean(float[] v);

  @Concat
  @Output
  float[] y(
      float[] flat,
      float[] large,
      float[] grouped,
      float[] outputs,
      float[] pairs,
      float[] classes,
      float[] pooled,
      float[] mean);
}
