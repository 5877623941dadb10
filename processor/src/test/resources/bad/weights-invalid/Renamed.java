import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(4.0)
@WeightsFile("renamed.safetensors")
interface Renamed {
  @Input(2)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}
