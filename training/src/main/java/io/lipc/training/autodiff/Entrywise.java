package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of the entries of matrices of one shape. */
final class Entrywise {

  private Entrywise() {}

  /** The function of each entry. */
  static double[][] map(double[][] a, DoubleUnaryOperator function) {
    double[][] image = Entries.zeros(a.length, a[0].length);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        image[i][j] = function.applyAsDouble(a[i][j]);
      }
    }
    return image;
  }

  /** The function of each pair of entries. */
  static double[][] combine(double[][] a, double[][] b, DoubleBinaryOperator function) {
    double[][] image = Entries.zeros(a.length, a[0].length);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        image[i][j] = function.applyAsDouble(a[i][j], b[i][j]);
      }
    }
    return image;
  }

  /** Multiplies an adjoint by the slopes of a function, where {@code y} is its value at x. */
  static void multiplyBySlopes(
      ScalarFunction function, double[][] x, double[][] y, double[][] adjoint) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        adjoint[i][j] *= function.slope(x[i][j], y[i][j]);
      }
    }
  }
}
