import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(2.0)
@WeightsFile("weights.safetensors")
interface NoBox {
  @Input(1)
  float[] x();

  @Dense(1)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.5)
@WeightsFile("weights.safetensors")
@SuppressWarnings("lipc:no-input-box")
interface Silent {
  @Input(1)
  float[] x();

  @Dense(1)
  @Output
  float[] y(float[] x);
}
