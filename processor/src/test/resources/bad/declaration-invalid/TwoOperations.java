import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface TwoOperations {
  @Input(4)
  float[] x();

  @Scale(0.5)
  @Add
  float[] h(float[] x);

  @Relu
  float[] r(double[] h);

  float[] nothing(float[] r);

  @Abs
  @Output
  float[] y(float[] r);

  @Tanh
  @Output
  float[] z(float[] y);
}
