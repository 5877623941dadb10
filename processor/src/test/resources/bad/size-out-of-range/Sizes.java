import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("sizes.safetensors")
interface Sizes {
  @Input({4096, 4096, 2})
  float[] x();

  @Dense(2147483647)
  @Output
  float[] y(float[] x);
}
