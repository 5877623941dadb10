import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(4.0)
@WeightsFile("Renamed.safetensors")
interface Capital {
  @Input(2)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}
