package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelsTest {

  private final SplittableRandom random = new SplittableRandom(2);

  @Test
  void productsAreSumsFromLeftToRightWhateverTheSize() {
    for (int inputs = 1; inputs <= 13; inputs++) {
      for (int outputs = 1; outputs <= 21; outputs += 5) {
        double[][] columns = matrix(inputs, outputs);
        double[] bias = vector(outputs);
        double[] x = vector(inputs);
        double[] y = new double[outputs];
        Kernels.dense(columns, bias, x, y);
        assertThat(y).containsExactly(product(columns, bias, x));
        Kernels.dense(columns, x, y);
        assertThat(y).containsExactly(product(columns, new double[outputs], x));
      }
    }
  }

  @Test
  void floatProductsAreSumsFromLeftToRightToo() {
    for (int inputs = 1; inputs <= 13; inputs++) {
      float[][] columns = new float[inputs][];
      for (int k = 0; k < inputs; k++) {
        columns[k] = floats(vector(9));
      }
      float[] bias = floats(vector(9));
      float[] x = floats(vector(inputs));
      float[] y = new float[9];
      Kernels.dense(columns, bias, x, y);
      assertThat(y).containsExactly(product(columns, bias, x));
      Kernels.dense(columns, x, y);
      assertThat(y).containsExactly(product(columns, new float[9], x));
    }
  }

  @Test
  void whatWasInTheResultBeforeDoesNotMatter() {
    float[] y = {Float.NaN, 7};
    Kernels.dense(new float[][] {{1, 2}}, new float[] {3}, y);
    assertThat(y).containsExactly(3, 6);
  }

  private static double[] product(double[][] columns, double[] bias, double[] x) {
    double[] y = bias.clone();
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < x.length; k++) {
        y[i] += x[k] * columns[k][i];
      }
    }
    return y;
  }

  private static float[] product(float[][] columns, float[] bias, float[] x) {
    float[] y = bias.clone();
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < x.length; k++) {
        y[i] += x[k] * columns[k][i];
      }
    }
    return y;
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = vector(columns);
    }
    return matrix;
  }

  private double[] vector(int size) {
    return random.doubles(size, -1, 1).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
