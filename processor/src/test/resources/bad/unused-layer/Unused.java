import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Unused {
  @Input(4)
  float[] x();

  @Abs
  float[] first(float[] x);

  @Tanh
  float[] skip(float[] first);

  @Relu
  @Output
  float[] y(float[] x);
}
