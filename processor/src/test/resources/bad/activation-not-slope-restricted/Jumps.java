import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("refused.safetensors")
interface Jumps {
  @Input(4)
  float[] x();

  @Dense(8)
  @HardShrink
  float[] h1(float[] x);

  @Threshold(0.1)
  @Output
  float[] y(float[] h1);
}
