import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("weights.safetensors")
interface Weightless {
  @Input(2)
  float[] x();

  @Tanh
  @Output
  float[] y(float[] x);
}

@CertifiedNetwork
@Lipschitz(2.0)
@WeightsFile("weights.safetensors")
interface Repeated {
  @Input(2)
  float[] x();

  @Dense(2)
  @Tensor("y")
  @Output
  float[] y(float[] x);
}
