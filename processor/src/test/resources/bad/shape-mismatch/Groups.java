import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Groups {
  @Input(8)
  float[] x();

  @GroupSort(3)
  @Output
  float[] y(float[] x);
}
