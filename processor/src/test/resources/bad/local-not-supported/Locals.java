import static io.lipc.annotations.Construction.LDLT;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
@LocalLipschitz(0.5)
interface Own {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(2)
  float[] h(float[] x);

  @Relu
  float[] a(float[] h);

  @Dense(2)
  @Output
  float[] y(float[] a);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Parameterized(LDLT)
interface Free {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(2)
  float[] h(float[] x);

  @Relu
  float[] a(float[] h);

  @Dense(2)
  @Output
  float[] y(float[] a);
}

@CertifiedNetwork
@Lipschitz(1.0)
@LocalLipschitz(0.5)
interface Calling {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Call(Free.class)
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@LocalLipschitz(0.5)
interface Large {
  @Input(value = 8192, min = -1, max = 1)
  float[] x();

  @Relu
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(1.0)
@Monotone(increasing = @Trend(input = "x"))
interface Grouped {
  @Input(value = 3, min = -1, max = 1)
  float[] x();

  @Softmax
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(2.0)
@Parameterized(LDLT)
@Monotone(increasing = @Trend(input = "x", element = 1))
interface Rising {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(1)
  @Output
  float[] y(float[] h);
}
