package bad;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface Asked {
  @Input(2)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
