import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@LocalLipschitz(
    value = 0.5,
    on = @On(input = "x", min = 0, max = 1.5))
interface Outside {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
