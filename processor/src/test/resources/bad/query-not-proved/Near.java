import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Query("near.vnnlib")
interface Near {
  @Input(value = 1, min = -1, max = 1)
  float[] x();

  @Tanh
  @Output
  float[] y(float[] x);
}
