import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(8.0)
@LocalLipschitz(
    value = 1.5,
    on = @On(input = "x", min = 0, max = 1))
interface Steep {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Scale(2)
  @Output
  float[] y(float[] x);
}
