import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("refused.safetensors")
interface Refused {
  @Input(4)
  float[] x();

  @Dense(8)
  @Square
  float[] h1(float[] x);

  @Exp
  float[] h2(float[] h1);

  @Heaviside
  @Output
  float[] y(float[] h2);
}
