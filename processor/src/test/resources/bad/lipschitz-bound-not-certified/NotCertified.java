import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.9)
@WeightsFile("weights.safetensors")
interface NotCertified {
  @Input(2)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}
