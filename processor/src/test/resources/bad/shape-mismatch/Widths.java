import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface Widths {
  @Input(4)
  float[] x();

  @Dense(4)
  float[] skip(float[] x);

  @Dense(8)
  @Relu
  float[] h(float[] x);

  @Dense(3)
  float[] out(float[] h);

  @Add
  @Output
  float[] y(float[] skip, float[] out);
}
