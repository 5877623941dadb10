import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Unknown {
  @Input(4)
  float[] state();

  @Relu
  float[] hidden(float[] stat);

  @Tanh
  @Output
  float[] y(float[] hidde);
}
