import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(value = 1, from = Norm.LINF, to = Norm.LINF)
interface Outer {
  @Input(4)
  float[] x();

  @Call(Inner.class)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1)
interface Inner {
  @Input(4)
  float[] x();

  @Tanh
  @Output
  float[] y(float[] x);
}
