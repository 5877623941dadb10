package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.2)
@WeightsFile("groups.safetensors")
interface Groups {
  @Input(value = 3, min = -1, max = 1)
  float[] x();

  @Dense(6)
  @GroupSort(3)
  float[] h(float[] x);

  @Dense(6)
  @Householder(v0 = 0.6, v1 = -0.8)
  float[] g(float[] h);

  @MaxMin
  float[] m(float[] g);

  @LayerNorm(epsilon = 1, size = 3)
  float[] n(float[] m);

  @Add
  float[] s(float[] h, float[] n);

  @Dense(3)
  @Softmax(0.5)
  @Output
  float[] y(float[] s);
}
