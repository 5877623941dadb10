import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(4.0)
@WeightsFile("transposed.safetensors")
interface Transposed {
  @Input(2)
  float[] x();

  @Dense(value = 3, bias = false)
  @Relu
  float[] h(float[] x);

  @Dense(value = 4, bias = false)
  @Relu
  float[] k(float[] h);

  @Dense(value = 2, bias = false)
  @Output
  float[] y(float[] k);
}
