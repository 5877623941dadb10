package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeanSquaredErrorTest {

  @Test
  void errorsAreSquaredInUnitsOfTheVarianceAndAveragedOverSamplesAndOutputs() {
    double[][] outputs = {{1, 2}, {0, 0}};
    double[][] targets = {{1, 5}, {0, 1}};
    double[][] gradient = new double[2][2];
    assertThat(new MeanSquaredError(5).gradient(outputs, targets, 2, gradient)).isEqualTo(0.5);
    assertThat(gradient[0]).containsExactly(0, -0.3);
    assertThat(gradient[1]).containsExactly(0, -0.1);
  }

  /** A batch may be shorter than the room for it. */
  @Test
  void samplesBehindTheCountAreIgnored() {
    double[][] gradient = {{7, 7}};
    assertThat(
            new MeanSquaredError(1)
                .gradient(new double[][] {{3, 9}}, new double[][] {{1, 0}}, 1, gradient))
        .isEqualTo(4);
    assertThat(gradient[0]).containsExactly(4, 7);
  }

  @Test
  void whatIsNotANumberStaysSo() {
    double[][] outputs = {{Double.NaN}};
    assertThat(new MeanSquaredError(1).gradient(outputs, new double[1][1], 1, new double[1][1]))
        .isNaN();
  }

  @Test
  void gradientsAreThoseOfTheMeanLoss() {
    SplittableRandom random = new SplittableRandom(5);
    MeanSquaredError loss = new MeanSquaredError(3.7);
    int count = 6;
    double[][] outputs = new double[4][];
    double[][] targets = new double[4][];
    for (int k = 0; k < 4; k++) {
      outputs[k] = random.doubles(count, -2, 2).toArray();
      targets[k] = random.doubles(count, -2, 2).toArray();
    }
    double[][] gradient = new double[4][count];
    loss.gradient(outputs, targets, count, gradient);
    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < count; j++) {
        double value = outputs[k][j];
        outputs[k][j] = value + 1e-6;
        double above = loss.gradient(outputs, targets, count, new double[4][count]);
        outputs[k][j] = value - 1e-6;
        double below = loss.gradient(outputs, targets, count, new double[4][count]);
        outputs[k][j] = value;
        assertThat(gradient[k][j]).isCloseTo((above - below) / 2e-6, within(1e-9));
      }
    }
  }
}
