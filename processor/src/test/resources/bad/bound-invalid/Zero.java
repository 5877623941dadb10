import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(0)
interface Zero {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
