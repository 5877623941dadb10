package io.lipc.examples.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.verdict.Verdict;
import io.lipc.examples.digits.DigitsNetwork;
import org.junit.jupiter.api.Test;

final class ScoringTest {

  @Test
  void the_bound_rests_on_that_of_the_network_in_the_other_jar() {
    ScoringNetwork scoring = ScoringNetwork.load();
    DigitsNetwork digits = DigitsNetwork.load();
    assertThat(scoring.lipschitzBound())
        .isLessThanOrEqualTo(0.25)
        .isGreaterThanOrEqualTo(0.25 * digits.lipschitzBound());
    assertThat(scoring.verify()).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void both_declarations_are_one_network() {
    ScoringNetwork java = ScoringNetwork.load();
    ScoringTextNetwork text = ScoringTextNetwork.load();
    assertThat(text.certificate().units()).isEqualTo(java.certificate().units());
    assertThat(text.certificate().proof()).isEqualTo(java.certificate().proof());
    assertThat(text.lipschitzBound()).isEqualTo(java.lipschitzBound());
  }

  @Test
  void scores_are_a_quarter_of_the_logits() {
    float[] image = new float[64];
    image[20] = 1;
    float[] scores = new float[10];
    float[] logits = new float[10];
    ScoringNetwork.load().apply(image, scores);
    DigitsNetwork.load().apply(image, logits);
    for (int i = 0; i < 10; i++) {
      assertThat(scores[i]).isEqualTo(0.25f * logits[i]);
    }
  }
}
