import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@LocalLipschitz(
    value = 0.5,
    on = @On(input = "x", min = 1, max = -1))
interface Empty {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@LocalLipschitz(
    value = 0.5,
    on = @On(input = "x", min = 0, max = Double.POSITIVE_INFINITY))
interface Endless {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
