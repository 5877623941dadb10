package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@SuppressWarnings("lipc:loose-bound")
@Lipschitz(60.0)
@WeightsFile("images.safetensors")
interface Images {
  @Input(
      value = {2, 6, 5},
      min = -1,
      max = 1)
  float[] x();

  @Conv2d(
      channels = 4,
      kernel = 3,
      stride = {2, 1},
      padding = 1)
  @MaxMin
  float[] c(float[] x);

  @BatchNorm
  float[] n(float[] c);

  @Conv2d(
      channels = 4,
      kernel = {1, 2},
      padding = {0, 0, 0, 1},
      groups = 2,
      bias = false)
  @Relu
  float[] g(float[] n);

  @Add
  float[] s(float[] g, float[] n);

  @MaxPool(
      value = {1, 2},
      stride = 1)
  float[] p(float[] s);

  @AvgPool({3, 2})
  float[] q(float[] p);

  @Scale(0.5)
  float[] r(float[] q);

  @Concat
  float[] j(float[] q, float[] r);

  @GlobalAvgPool
  float[] a(float[] j);

  @Flatten
  float[] m(float[] a);

  @Dense(3)
  @Output
  float[] y(float[] m);
}
