import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Taken {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

final class TakenNetwork {}
