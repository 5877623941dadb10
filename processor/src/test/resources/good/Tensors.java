package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(2.0)
@WeightsFile("tensors.safetensors")
interface Tensors {
  @Input(
      value = {2, 1, 3},
      min = -1,
      max = 1)
  float[] x();

  @Permute({5, 0, 1, 4, 3, 2})
  float[] p(float[] x);

  @Reshape({3, 2})
  @Relu
  float[] r(float[] p);

  @Flatten
  float[] f(float[] r);

  @Dense(6)
  float[] h(float[] f);

  @Permute({1, 0, 3, 2, 5, 4})
  float[] q(float[] h);

  @Add
  @Output
  float[] y(float[] q, float[] f);
}
