import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Constants {
  @Input(value = 4, min = 1, max = -1)
  float[] x();

  @LeakyRelu(Double.NaN)
  float[] h(float[] x);

  @Scale(1e39)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(1.0)
interface OneEnd {
  @Input(value = 4, max = 1)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
