package good;

import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(2)
@WeightsFile("several.safetensors")
interface Several {
  @Input(value = 3, min = -1, max = 1)
  float[] state();

  @Input(value = 2, min = 0, max = 2)
  float[] goal();

  @Concat
  float[] both(float[] state, float[] goal);

  @Dense(4)
  @Center
  float[] h(float[] both);

  @Tanh
  float[] t(float[] h);

  @Scale(0.5)
  float[] near(float[] goal);

  @Dense(2)
  float[] y(float[] t);

  @Add
  @Output
  float[] s(float[] y, float[] near);
}
