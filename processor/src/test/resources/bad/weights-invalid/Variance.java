import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("variance.safetensors")
interface Variance {
  @Input({2, 1, 2})
  float[] x();

  @BatchNorm
  @Output
  float[] y(float[] x);
}
