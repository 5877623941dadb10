import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(4.0)
@Range(min = 0, max = 0)
interface Flat {
  @Input(value = 1, min = -1, max = 1)
  float[] x();

  @Tanh
  float[] first(float[] x);

  @Tanh
  float[] second(float[] x);

  @Scale(-1)
  float[] opposite(float[] second);

  @Add
  @Output
  float[] y(float[] first, float[] opposite);
}
