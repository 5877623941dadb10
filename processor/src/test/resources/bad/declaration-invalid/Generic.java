import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Generic<T> {
  @Input(2)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
