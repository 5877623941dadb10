import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("weights.safetensors")
interface Bodies {
  @Input(2)
  float[] x();

  @Dense(2)
  @Output
  default float[] y(float[] x) {
    return x;
  }

  static int plain() {
    return 0;
  }
}
