package io.lipc.examples.shirts;

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Conv2d;
import io.lipc.annotations.Dense;
import io.lipc.annotations.FloatFormat;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.Pairs;
import io.lipc.annotations.Precision;
import io.lipc.annotations.WeightsFile;
import io.lipc.annotations.activation.Relu;

/**
 * Ten logits for an image of 28 by 28 pixels, each of them in [0, 1]. The weights are a state_dict
 * of PyTorch, see train/README.md. The norms of the layers multiply to 1: the declared bound is one
 * of the network as a whole.
 *
 * <p>What runs is in doubles. In floats, rounding could move logits of wide layers so far that
 * certified radii would be smaller.
 */
@CertifiedNetwork
@Lipschitz(0.875)
@Pairs
@Precision(FloatFormat.F64)
@WeightsFile("shirts.safetensors")
public interface Shirts {
  @Input(
      value = {1, 28, 28},
      min = 0,
      max = 1)
  double[] image();

  @Conv2d(channels = 8, kernel = 4, stride = 2, padding = 1)
  @Relu
  double[] conv1(double[] image);

  @Conv2d(channels = 16, kernel = 4, stride = 2, padding = 1)
  @Relu
  double[] conv2(double[] conv1);

  @Dense(32)
  @Relu
  double[] fc1(double[] conv2);

  @Dense(10)
  @Output
  double[] fc2(double[] fc1);
}
