import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(0.5)
interface Half {
  @Input(4)
  float[] x();

  @Scale(0.5)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
interface Head {
  @Input(4)
  float[] x();

  @Call(Half.class)
  float[] half(float[] x);

  @Dense(2)
  @Output
  float[] head(float[] half);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface ThirdTerm {
  @Input(4)
  float[] x();

  @Dense(8)
  @Relu
  float[] h(float[] x);

  @Dense(4)
  float[] skip(float[] x);

  @Dense(4)
  float[] out(float[] h);

  @Dense(4)
  float[] extra(float[] x);

  @Add
  @Output
  float[] y(float[] skip, float[] out, float[] extra);
}
