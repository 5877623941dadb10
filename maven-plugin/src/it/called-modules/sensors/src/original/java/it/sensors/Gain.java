package it.sensors;

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Dense;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.WeightsFile;
import io.lipc.annotations.activation.Relu;

/** A gain of at most 1.0. */
@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("gain.safetensors")
public interface Gain {
  @Input(2)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}
