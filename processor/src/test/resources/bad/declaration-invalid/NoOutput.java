import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface NoOutput {
  @Input(4)
  float[] x();

  @Relu
  float[] y(float[] x);
}
