import static io.lipc.annotations.Construction.ORTHOGONAL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(ORTHOGONAL)
interface Untrained {
  @Input({1, 4, 4})
  float[] x();

  @Conv2d(channels = 4, kernel = 3, padding = 1)
  @MaxMin
  float[] c(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] c);
}
