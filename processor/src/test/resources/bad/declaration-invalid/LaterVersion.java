import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
interface LaterVersion {
  @Input(4)
  float[] x();

  @Swish
  float[] h(float[] x);

  @Rleu
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Pair
interface MisspeltClause {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
