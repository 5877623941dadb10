import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(3.0)
@Slopes({@Slope(input = "age", atMost = 1.0), @Slope(input = "income", atMost = 1.0)})
interface Steep {
  @Input(value = 1, min = 0, max = 1)
  float[] age();

  @Input(value = 1, min = -1, max = 1)
  float[] income();

  @Abs
  float[] distance(float[] income);

  @Scale(-2)
  float[] falls(float[] distance);

  @Add
  @Output
  float[] y(float[] age, float[] falls);
}
