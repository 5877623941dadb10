import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@LocalLipschitz(
    value = 0.5,
    on = @On(input = "x", element = 0, min = 0, max = 1))
interface Missing {
  @Input(2)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
