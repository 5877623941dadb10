import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(1000)
@WeightsFile("first.safetensors")
interface FirstProof {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(value = 2, bias = false)
  @Relu
  float[] a(float[] x);

  @Dense(value = 2, bias = false)
  @Relu
  float[] b(float[] a);

  @Dense(value = 1, bias = false)
  @Output
  float[] c(float[] b);
}
