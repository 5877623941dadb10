import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Domains {
  @Input(4)
  float[] x();

  @Elu(-0.5)
  float[] h(float[] x);

  @Celu(0)
  @Output
  float[] y(float[] h);
}
