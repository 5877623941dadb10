package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Precision(FloatFormat.F64)
@Lipschitz(1.0)
interface Doubled {
  @Input(4)
  double[] x();

  @Identity
  @Output
  double[] y(double[] x);
}
