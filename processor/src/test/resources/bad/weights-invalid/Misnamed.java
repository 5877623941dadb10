import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(2.0)
@WeightsFile("misnamed.safetensors")
interface Misnamed {
  @Input(2)
  float[] x();

  @Dense(value = 2, bias = false)
  @Output
  float[] y(float[] x);
}
