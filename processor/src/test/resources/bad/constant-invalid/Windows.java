import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("windows.safetensors")
interface Windows {
  @Input({1, 5, 5})
  float[] x();

  @Conv2d(channels = 1, kernel = 0)
  float[] kernel(float[] x);

  @Conv2d(channels = 1, kernel = 1, stride = {1, -1})
  float[] stride(float[] kernel);

  @Conv2d(channels = 1, kernel = 1, padding = -1)
  float[] padding(float[] stride);

  @Conv2d(channels = 1, kernel = 1, dilation = 0)
  float[] dilation(float[] padding);

  @Conv2d(channels = 1, kernel = 1, groups = 0)
  float[] groups(float[] dilation);

  @MaxPool(value = 2, stride = 0)
  float[] pool(float[] groups);

  @BatchNorm(epsilon = -1)
  @Output
  float[] y(float[] pool);
}
