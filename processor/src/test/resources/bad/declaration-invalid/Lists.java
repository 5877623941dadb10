import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("lists.safetensors")
interface Lists {
  @Input({1, 5, 5})
  float[] x();

  @Conv2d(
      channels = 1,
      kernel = {3, 3, 3})
  float[] c(float[] x);

  @AvgPool({})
  float[] a(float[] x);

  @Conv2d(
      channels = 1,
      kernel = 3,
      padding = {1, 1, 1})
  @Output
  float[] y(float[] x);
}
