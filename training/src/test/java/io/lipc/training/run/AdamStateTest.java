package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamStateTest {

  private static AdamState next(AdamState state, double rate, double... gradient) {
    return state.next(gradient, rate, AdamState.start(gradient));
  }

  @Test
  void theFirstStepIsTheLearningRateAgainstTheSign() {
    AdamState next = next(AdamState.start(new double[] {1, 1, 1}), 0.1, 5, -1e-3, 0);
    assertThat(next.parameters()[0]).isCloseTo(0.9, within(1e-9));
    assertThat(next.parameters()[1]).isCloseTo(1.1, within(1e-5));
    assertThat(next.parameters()[2]).isEqualTo(1);
    assertThat(next.steps()).isEqualTo(1);
  }

  @Test
  void theSecondStepIsThatOfThePaper() {
    AdamState state = next(AdamState.start(new double[] {0}), 0.1, 1);
    AdamState next = next(state, 0.1, 3);
    double mean = (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.9 * 0.9);
    double variance = (0.999 * 0.001 * 1 + 0.001 * 9) / (1 - 0.999 * 0.999);
    double expected = state.parameters()[0] - 0.1 * mean / (Math.sqrt(variance) + 1e-8);
    assertThat(next.parameters()[0]).isCloseTo(expected, within(1e-12));
  }

  @Test
  void aStateIsNotChangedByItsSuccessor() {
    AdamState start = AdamState.start(new double[] {1});
    AdamState next = next(start, 0.1, 1);
    assertThat(start.parameters()).containsExactly(1);
    assertThat(start.mean()).containsExactly(0);
    assertThat(next.variance()[0]).isCloseTo(0.001, within(1e-15));
  }

  @Test
  void whatStoodInTheArraysThatItIsMadeOfDoesNotMatter() {
    AdamState start = next(AdamState.start(new double[] {1, 2}), 0.1, 3, -4);
    AdamState used = next(start, 0.3, Double.NaN, 1e300);
    AdamState expected = next(start, 0.1, 5, 6);
    AdamState actual = start.next(new double[] {5, 6}, 0.1, used);
    assertThat(actual.parameters()).containsExactly(expected.parameters());
    assertThat(actual.mean()).containsExactly(expected.mean());
    assertThat(actual.variance()).containsExactly(expected.variance());
    assertThat(actual.steps()).isEqualTo(2);
  }

  @Test
  void findsTheMinimumOfAParabola() {
    AdamState state = AdamState.start(new double[] {5, -5});
    for (int i = 0; i < 2000; i++) {
      double[] x = state.parameters();
      state = next(state, 0.05, 2 * (x[0] - 1), 20 * (x[1] - 2));
    }
    assertThat(state.parameters()[0]).isCloseTo(1, within(1e-3));
    assertThat(state.parameters()[1]).isCloseTo(2, within(1e-3));
  }

  @Test
  void schedulesStartAtTheWholeRate() {
    assertThat(Schedule.CONSTANT.factor(7, 10)).isEqualTo(1);
    assertThat(Schedule.COSINE.factor(1, 10)).isEqualTo(1);
    assertThat(Schedule.COSINE.factor(6, 10)).isCloseTo(0.5, within(1e-15));
    assertThat(Schedule.COSINE.factor(10, 10)).isBetween(0.0, 0.03);
  }
}
