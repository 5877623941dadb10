import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Pairs
interface One {
  @Input(1)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Pairs
interface Many {
  @Input({5, 13})
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

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
interface Halved {
  @Input(4)
  float[] x();

  @Call(Body.class)
  float[] h(float[] x);

  @Scale(0.5)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Pairs
@Lipschitz(1.0)
interface Head {
  @Input(4)
  float[] x();

  @Call(Halved.class)
  @Output
  float[] y(float[] x);
}
