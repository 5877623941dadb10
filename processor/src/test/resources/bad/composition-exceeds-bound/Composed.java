import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface Body {
  @Input(4)
  float[] x();

  @Dense(8)
  @Relu
  float[] h(float[] x);

  @Dense(4)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(1.0)
interface Composed {
  @Input(4)
  float[] x();

  @Call(Body.class)
  float[] b(float[] x);

  @Scale(0.5)
  float[] half(float[] x);

  @Add
  @Output
  float[] y(float[] b, float[] half);
}
