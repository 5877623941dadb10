import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Monotone(increasing = @Trend(input = "x"))
interface Rising {
  @Input(value = 2, min = -1, max = 2)
  float[] x();

  @Abs
  @Output
  float[] y(float[] x);
}
