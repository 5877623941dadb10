package io.lipc.examples.digits;

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Dense;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.Pairs;
import io.lipc.annotations.WeightsFile;
import io.lipc.annotations.activation.Relu;

/** Ten logits for an image of 8 by 8 pixels, each of them ink in [0, 1]. */
@CertifiedNetwork
@Lipschitz(1.0)
@Pairs(signs = true)
@WeightsFile("digits.safetensors")
public interface Digits {
  @Input(value = 64, min = 0, max = 1)
  float[] image();

  @Dense(32)
  @Relu
  float[] h1(float[] image);

  @Dense(32)
  @Relu
  float[] h2(float[] h1);

  @Dense(10)
  @Output
  float[] logits(float[] h2);
}
