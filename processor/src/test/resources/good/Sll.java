package good;

import static io.lipc.annotations.Construction.SLL;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.001)
@Parameterized(SLL)
@WeightsFile("sll.safetensors")
interface Sll {
  @Input(
      value = {1, 2, 2},
      min = -1,
      max = 1)
  float[] x();

  @Conv2d(channels = 1, kernel = 3, padding = 1)
  @Relu
  float[] h(float[] x);

  @Conv2d(channels = 1, kernel = 3, padding = 1, bias = false)
  float[] back(float[] h);

  @Add
  float[] b(float[] x, float[] back);

  @Dense(2)
  @Output
  float[] y(float[] b);
}
