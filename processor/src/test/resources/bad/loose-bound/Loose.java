import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(24.0)
@WeightsFile("weights.safetensors")
interface Loose {
  @Input(value = 1, min = -1, max = 1)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(1)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(24.0)
@WeightsFile("weights.safetensors")
@SuppressWarnings("lipc:loose-bound")
interface Silent {
  @Input(value = 1, min = -1, max = 1)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(1)
  @Output
  float[] y(float[] h);
}
