import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(4.0)
@WeightsFile("weights.safetensors")
interface Dead {
  @Input(2)
  float[] x();

  @Dense(2)
  @Relu
  float[] first(float[] x);

  @Dense(2)
  @Relu
  float[] zero(float[] first);

  @Dense(2)
  float[] last(float[] zero);

  @Add
  @Output
  float[] y(float[] last, float[] x);
}

@CertifiedNetwork
@Lipschitz(4.0)
@WeightsFile("weights.safetensors")
interface Ignored {
  @Input(2)
  float[] x();

  @Dense(2)
  @Relu
  float[] first(float[] x);

  @Concat
  float[] both(float[] x, float[] first);

  @Dense(1)
  float[] joined(float[] both);

  @Scale(0)
  @SuppressWarnings("lipc:dead-layer")
  float[] muted(float[] joined);

  @Scale(0)
  float[] off(float[] joined);

  @Add
  @Output
  float[] y(float[] joined, float[] muted, float[] off);
}
