import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(value = 1, from = Norm.LINF, to = Norm.LINF)
interface Largest {
  @Input(9)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(3.0)
interface Converted {
  @Input(9)
  float[] x();

  @Call(Largest.class)
  @Output
  float[] y(float[] x);
}
