import io.lipc.annotations.*;

@CertifiedNetwork
@Lipschitz(3.0)
@Query("far.vnnlib")
interface Far {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Scale(2)
  @Output
  float[] y(float[] x);
}
