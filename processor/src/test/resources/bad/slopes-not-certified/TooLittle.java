import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(2.0)
@Parameterized(LDLT)
interface Free {
  @Input(2)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(1)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(4.0)
@Slopes(@Slope(input = "age", atMost = 3))
interface TooLittle {
  @Input(value = 1, min = 0, max = 1)
  float[] age();

  @Input(value = 1, min = 0, max = 1)
  float[] power();

  @Concat
  float[] x(float[] age, float[] power);

  @Scale(1.5)
  float[] rise(float[] age);

  @Call(Free.class)
  float[] f(float[] x);

  @Add
  @Output
  float[] y(float[] rise, float[] f);
}
