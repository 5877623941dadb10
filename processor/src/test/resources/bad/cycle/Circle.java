import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Circle {
  @Input(4)
  float[] x();

  @Add
  float[] a(float[] x, float[] c);

  @Relu
  float[] b(float[] a);

  @Scale(0.5)
  @Output
  float[] c(float[] b);
}
