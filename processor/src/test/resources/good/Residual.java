package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@SuppressWarnings("lipc:loose-bound")
@Lipschitz(6.0)
@WeightsFile("residual.safetensors")
interface Residual {
  @Input(value = 4, min = -1, max = 1)
  float[] x();

  @Dense(6)
  @LeakyRelu(0.1)
  float[] a(float[] x);

  @Tanh
  @Dense(value = 6, bias = false)
  float[] b(float[] x);

  @Dense(6)
  @MaxMin
  float[] c(float[] a);

  @Abs
  float[] d(float[] b);

  @Add
  float[] s(float[] a, float[] c, float[] d);

  @Concat
  float[] joined(float[] s, float[] x);

  @Scale(0.5)
  float[] half(float[] joined);

  @Dense(3)
  @Tensor("head")
  @Output
  float[] y(float[] half);
}
