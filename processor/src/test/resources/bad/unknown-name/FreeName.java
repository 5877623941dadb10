import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface FreeName {
  @Input(4)
  float[] state();

  @Relu
  @Output
  float[] y(float[] input);
}
