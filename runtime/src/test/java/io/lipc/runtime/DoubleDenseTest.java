package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DoubleDenseTest {

  private final SplittableRandom random = new SplittableRandom(2);

  @Test
  void productsAreFusedSumsFromLeftToRightWhateverTheSize() {
    for (int inputs = 1; inputs <= 13; inputs++) {
      for (int outputs = 1; outputs <= 21; outputs += 5) {
        double[][] columns = new double[inputs][];
        for (int k = 0; k < inputs; k++) {
          columns[k] = vector(outputs);
        }
        double[] bias = vector(outputs);
        double[] x = vector(inputs);
        double[] y = vector(outputs);
        DoubleDense.linear(columns, bias).apply(x, y);
        assertThat(y).containsExactly(product(columns, bias, x));
      }
    }
  }

  private static double[] product(double[][] columns, double[] bias, double[] x) {
    double[] y = bias.clone();
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < x.length; k++) {
        y[i] = Math.fma(x[k], columns[k][i], y[i]);
      }
    }
    return y;
  }

  private double[] vector(int size) {
    return random.doubles(size, -1, 1).toArray();
  }
}
