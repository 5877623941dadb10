package io.lipc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarginCrossEntropyTest {

  @Test
  void equalLogitsWithoutOffsetCostTheLogarithmOfTheClasses() {
    double[][] logits = {{5}, {5}, {5}};
    assertThat(loss(new MarginCrossEntropy(3, 0, 1), logits, 0)).isEqualTo(StrictMath.log(3));
  }

  @Test
  void theOffsetIsTakenFromTheTrueLogitOnly() {
    double[][] logits = {{1 + 0.5 * Math.sqrt(2) * 2}, {1}};
    assertThat(loss(new MarginCrossEntropy(7, 0.5, 2), logits, 0))
        .isCloseTo(Math.log(2), within(1e-14));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    double[][] logits = {{1e300}, {-1e300}};
    assertThat(loss(new MarginCrossEntropy(4, 0, 1), logits, 0)).isZero();
    assertThat(loss(new MarginCrossEntropy(1, 0, 1), logits, 1)).isEqualTo(2e300);
  }

  @Test
  void notANumberStaysNotANumber() {
    double[][] logits = {{Double.NaN}, {1}};
    assertThat(loss(new MarginCrossEntropy(1, 0, 1), logits, 1)).isNaN();
  }

  @Test
  void gradientsAreThoseOfTheMeanLoss() {
    SplittableRandom random = new SplittableRandom(5);
    MarginCrossEntropy loss = new MarginCrossEntropy(2.5, 0.3, 1.5);
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
        assertThat(gradient[c][j]).isCloseTo((above - below) / (2 * step), within(1e-8));
      }
    }
  }

  private static double loss(MarginCrossEntropy loss, double[][] logits, int label) {
    return loss.gradient(logits, new int[] {label}, 1, new double[logits.length][1]);
  }
}
