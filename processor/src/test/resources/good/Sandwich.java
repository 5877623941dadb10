package good;

import static io.lipc.annotations.Construction.SANDWICH;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1)
@Parameterized(SANDWICH)
@WeightsFile("sandwich.safetensors")
interface Sandwich {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}
