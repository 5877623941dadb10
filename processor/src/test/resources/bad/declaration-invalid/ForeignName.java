import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

interface ForeignName {
  @CertifiedNetwork
  @Lipschitz(1.0)
  interface Gr\u00f6\u00dfe {
    @Input(4)
    float[] x();

    @Relu
    @Output
    float[] y(float[] x);
  }

  @CertifiedNetwork
  @Lipschitz(1.0)
  interface Of$Dollars {
    @Input(4)
    float[] x();

    @Relu
    @Output
    float[] y(float[] x);
  }
}
