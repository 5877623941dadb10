package io.lipc.examples.scoring;

import io.lipc.annotations.Call;
import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Input;
import io.lipc.annotations.Lipschitz;
import io.lipc.annotations.Output;
import io.lipc.annotations.Scale;
import io.lipc.examples.digits.Digits;

/** Scores for a digit, scaled so that no change of the image changes them by more. */
@CertifiedNetwork
@Lipschitz(0.25)
public interface Scoring {
  @Input(value = 64, min = 0, max = 1)
  float[] image();

  @Call(Digits.class)
  float[] logits(float[] image);

  @Scale(0.25)
  @Output
  float[] scores(float[] logits);
}
