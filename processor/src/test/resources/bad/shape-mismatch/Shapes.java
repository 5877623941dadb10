import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(4.0)
@WeightsFile("shapes.safetensors")
interface Shapes {
  @Input(4)
  float[] x();

  @Dense(3)
  float[] h(float[] x);

  @MaxMin
  float[] sorted(float[] h);

  @Add
  @Output
  float[] sum(float[] x, float[] h);

  @Concat
  float[] alone(float[] sorted);
}
