import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(2.0)
@WeightsFile("polciy.safetensors")
interface Absent {
  @Input(2)
  float[] x();

  @Dense(value = 2, bias = false)
  @Output
  float[] y(float[] x);
}
