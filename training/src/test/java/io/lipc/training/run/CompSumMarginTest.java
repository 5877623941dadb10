package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompSumMarginTest {

  @Test
  void equalLogitsWithoutOffsetCostTheLogarithmOfTheClasses() {
    double[][] logits = {{5}, {5}, {5}};
    assertThat(loss(new CompSumMargin(1, 3, 0, 1), logits, 0)).isEqualTo(StrictMath.log(3));
  }

  @Test
  void theOffsetIsTakenFromTheTrueLogitOnly() {
    double[][] logits = {{1 + 0.5 * Math.sqrt(2) * 2}, {1}};
    assertThat(loss(new CompSumMargin(1, 7, 0.5, 2), logits, 0))
        .isCloseTo(Math.log(2), within(1e-14));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    double[][] logits = {{1e300}, {-1e300}};
    assertThat(loss(new CompSumMargin(1, 4, 0, 1), logits, 0)).isZero();
    assertThat(loss(new CompSumMargin(1, 1, 0, 1), logits, 1)).isEqualTo(2e300);
  }

  @Test
  void notANumberStaysNotANumber() {
    double[][] logits = {{Double.NaN}, {1}};
    assertThat(loss(new CompSumMargin(1, 1, 0, 1), logits, 1)).isNaN();
  }

  /** With u = 2 e^3: the sum of exponentials, the logarithm, and one minus the probability. */
  @Test
  void tauChoosesTheLoss() {
    double[][] logits = {{1}, {4}, {4}};
    double u = 2 * Math.exp(3);
    assertThat(loss(new CompSumMargin(0, 1, 0, 1), logits, 0)).isCloseTo(u, within(1e-12));
    assertThat(loss(new CompSumMargin(1, 1, 0, 1), logits, 0))
        .isCloseTo(Math.log(1 + u), within(1e-14));
    assertThat(loss(new CompSumMargin(1.5, 1, 0, 1), logits, 0))
        .isCloseTo(2 * (1 - 1 / Math.sqrt(1 + u)), within(1e-14));
    assertThat(loss(new CompSumMargin(2, 1, 0, 1), logits, 0))
        .isCloseTo(u / (1 + u), within(1e-14));
    double near = loss(new CompSumMargin(1 + 1e-9, 1, 0, 1), logits, 0);
    assertThat(near).isCloseTo(Math.log(1 + u), within(1e-7));
  }

  /** Logits of a 1-Lipschitz network, moved as far as inputs within the offset may move them. */
  @Test
  void offsetBoundsTheLossOfAllInputsWithinIt() {
    SplittableRandom random = new SplittableRandom(9);
    for (double tau : new double[] {0, 0.5, 1, 1.5, 2}) {
      CompSumMargin plain = new CompSumMargin(tau, 3, 0, 1);
      CompSumMargin margin = new CompSumMargin(tau, 3, 0.4, 1);
      for (int trial = 0; trial < 200; trial++) {
        double[][] logits = new double[5][1];
        double[][] moved = new double[5][1];
        double[] step = random.doubles(5, -1, 1).toArray();
        double length = Math.sqrt(Arrays.stream(step).map(x -> x * x).sum());
        for (int c = 0; c < 5; c++) {
          logits[c][0] = random.nextDouble(-2, 2);
          moved[c][0] = logits[c][0] + 0.4 * step[c] / length;
        }
        assertThat(loss(plain, moved, 2)).isLessThanOrEqualTo(loss(margin, logits, 2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 1.3, 2})
  void gradientsAreThoseOfTheMeanLoss(double tau) {
    SplittableRandom random = new SplittableRandom(5);
    CompSumMargin loss = new CompSumMargin(tau, 2.5, 0.3, 1.5);
    int count = 6;
    int[] labels = random.ints(count, 0, 4).toArray();
    double[][] logits = new double[4][];
    for (int c = 0; c < 4; c++) {
      logits[c] = random.doubles(count, -2, 2).toArray();
    }
    double[][] gradient = new double[4][count];
    loss.gradient(logits, labels, count, gradient);
    for (int c = 0; c < 4; c++) {
      for (int j = 0; j < count; j++) {
        double step = 1e-6;
        double value = logits[c][j];
        logits[c][j] = value + step;
        double above = loss.gradient(logits, labels, count, new double[4][count]);
        logits[c][j] = value - step;
        double below = loss.gradient(logits, labels, count, new double[4][count]);
        logits[c][j] = value;
        assertThat(gradient[c][j])
            .isCloseTo(
                (above - below) / (2 * step), within(1e-8 * Math.max(1, Math.abs(gradient[c][j]))));
      }
    }
  }

  private static double loss(CompSumMargin loss, double[][] logits, int label) {
    return loss.gradient(logits, new int[] {label}, 1, new double[logits.length][1]);
  }
}
