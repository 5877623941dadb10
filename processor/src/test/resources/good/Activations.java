package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@SuppressWarnings("lipc:loose-bound")
@Lipschitz(8.0)
@WeightsFile("activations.safetensors")
interface Activations {
  @Input(value = 3, min = -2, max = 2)
  float[] x();

  @Dense(4)
  @Gelu
  float[] a(float[] x);

  @GeluTanh
  float[] b(float[] a);

  @Mish
  float[] c(float[] x);

  @Elu(1.5)
  float[] d(float[] b);

  @Celu(0.5)
  float[] e(float[] c);

  @Selu
  float[] f(float[] e);

  @Softplus
  float[] g(float[] d);

  @Softsign
  float[] h(float[] f);

  @HardTanh
  float[] i(float[] g);

  @HardSigmoid
  float[] j(float[] h);

  @HardSwish
  float[] k(float[] i);

  @Relu6
  float[] l(float[] k);

  @Sin
  float[] m(float[] j);

  @Concat
  float[] n(float[] l, float[] m);

  @Dense(2)
  @Output
  float[] y(float[] n);
}
