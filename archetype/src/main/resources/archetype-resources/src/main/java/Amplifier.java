package ${package};

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Dense;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.WeightsFile;
import io.lipc.annotations.activation.Relu;

/**
 * Inputs that are d apart give outputs that are at most d apart: javac proves it, or refuses this
 * interface. What runs is the class AmplifierNetwork, which is generated.
 */
@CertifiedNetwork
@Lipschitz(1.0)
@WeightsFile("amplifier.safetensors")
interface Amplifier {
  @Input(value = 2, min = -1, max = 1)
  float[] x();

  @Dense(3)
  @Relu
  float[] h(float[] x);

  @Dense(2)
  @Output
  float[] y(float[] h);
}
