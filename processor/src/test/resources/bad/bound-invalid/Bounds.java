import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(-1.0)
interface Bounds {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
interface NoBound {
  @Input(4)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}
