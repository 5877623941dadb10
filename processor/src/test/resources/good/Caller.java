package good;

import io.lipc.annotations.*;

@CertifiedNetwork
@SuppressWarnings("lipc:loose-bound")
@Lipschitz(2.0)
interface Caller {
  @Input(value = 4, min = -1, max = 1)
  float[] x();

  @Call(Residual.class)
  float[] inner(float[] x);

  @Scale(0.25)
  @Output
  float[] y(float[] inner);
}
