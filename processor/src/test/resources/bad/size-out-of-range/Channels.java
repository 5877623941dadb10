import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("channels.safetensors")
interface Channels {
  @Input({1, 5, 5})
  float[] x();

  @Conv2d(channels = 0, kernel = 3)
  float[] none(float[] x);

  @Conv2d(channels = 1, kernel = 1, padding = 5000)
  float[] padded(float[] x);

  @Conv2d(channels = 1, kernel = 100000, padding = 50000)
  float[] large(float[] x);

  @Concat
  @Output
  float[] y(float[] none, float[] padded, float[] large);
}
