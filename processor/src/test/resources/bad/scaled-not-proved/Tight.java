import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(8.0)
@ScaledLipschitz(
    value = 1.5,
    units = {0.5, 2})
interface Tight {
  @Input(2)
  float[] x();

  @Scale(2)
  @Output
  float[] y(float[] x);
}
