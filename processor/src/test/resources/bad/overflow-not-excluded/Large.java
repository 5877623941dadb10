import io.lipc.annotations.*;
import io.lipc.annotations.activation.*;

@CertifiedNetwork
@Lipschitz(4e38)
@WeightsFile("weights.safetensors")
interface Large {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(1)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(4e38)
@WeightsFile("weights.safetensors")
interface Silent {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(1)
  @Output
  @SuppressWarnings("lipc:overflow-not-excluded")
  float[] y(float[] h);
}

@CertifiedNetwork
@Lipschitz(4e38)
@WeightsFile("weights.safetensors")
@Precision(FloatFormat.F64)
interface InDoubles {
  @Input(value = 2, min = -1, max = 1)
  double[] x();

  @Dense(2)
  @Relu
  double[] h(double[] x);

  @Dense(1)
  @Output
  double[] y(double[] h);
}

@CertifiedNetwork
@Lipschitz(4e38)
@WeightsFile("weights.safetensors")
interface Smaller {
  @Input(value = 2, min = -0.25, max = 0.25)
  float[] x();

  @Dense(2)
  @Relu
  float[] h(float[] x);

  @Dense(1)
  @Output
  float[] y(float[] h);
}

@CertifiedNetwork("large.lip")
interface LargeText {}
