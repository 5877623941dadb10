import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(8.0)
@WeightsFile("policy.pt")
interface Torch {
  @Input(2)
  float[] x();

  @Dense(2)
  @Output
  float[] y(float[] x);
}
