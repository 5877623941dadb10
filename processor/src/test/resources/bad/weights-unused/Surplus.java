import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(4.0)
@WeightsFile("weights.safetensors")
interface Surplus {
  @Input(2)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}
