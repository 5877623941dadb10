package it;

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Dense;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.Scale;
import io.lipc.annotations.WeightsFile;
import io.lipc.annotations.activation.Relu;

@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("gain.safetensors")
interface Gain {
  @Input(2)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}

/** In a file that is named after another type. */
@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("gain.safetensors")
interface Half {
  @Input(2)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  float[] y(float[] h);

  @Scale(0.5)
  @Output
  float[] half(float[] y);
}
