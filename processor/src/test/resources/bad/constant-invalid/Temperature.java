import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Temperature {
  @Input(8)
  float[] x();

  @Softmax(0)
  float[] p(float[] x);

  @LayerNorm(epsilon = 0)
  float[] n(float[] p);

  @GroupSort(1)
  @Output
  float[] y(float[] n);
}
