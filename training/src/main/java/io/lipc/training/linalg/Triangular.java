package io.lipc.training.linalg;

import io.lipc.certifier.linalg.Dense;
import java.util.Arrays;
import java.util.Optional;

/**
 * Factorisation and solution with lower triangular matrices. Every inner loop is a combination of
 * rows, which vectorises; entries above the diagonal are never read.
 */
final class Triangular {

  private Triangular() {}

  /**
   * The lower triangular L with a positive diagonal and {@code L L' = (A + A') / 2}.
   *
   * @return empty if a pivot is not positive and finite: nothing is shifted or repaired
   */
  static Optional<double[][]> cholesky(double[][] a) {
    double[][] upper = symmetricPart(a);
    int n = upper.length;
    for (int k = 0; k < n; k++) {
      double pivot = upper[k][k];
      if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
        return Optional.empty();
      }
      double root = Math.sqrt(pivot);
      Arrays.fill(upper[k], 0, k, 0);
      for (int j = k; j < n; j++) {
        upper[k][j] /= root;
      }
      for (int i = k + 1; i < n; i++) {
        addScaled(upper[i], upper[k], -upper[k][i], i, n);
      }
    }
    return Optional.of(Dense.transpose(upper));
  }

  /**
   * The adjoint of A for {@link #cholesky}, as the gradient among symmetric matrices: with {@code
   * dA = dL L' + L dL'}, {@code L^-1 dL} is the lower triangle of {@code L^-1 dA L^-T} with its
   * diagonal halved, so {@code S = L^-T Phi(L' Lbar) L^-1} and {@code Abar = (S + S') / 2}, where
   * Phi takes that triangle (Murray, Differentiation of the Cholesky decomposition, 2016, eq. 10).
   */
  static double[][] choleskyPullBack(double[][] lower, double[][] adjoint) {
    int n = lower.length;
    double[][] phi = new double[n][n];
    Dense.addTransposedProduct(phi, lower, lowerTriangle(adjoint), 1);
    for (int i = 0; i < n; i++) {
      phi[i][i] /= 2;
      Arrays.fill(phi[i], i + 1, n, 0);
    }
    // S' = L^-T (L^-T Phi)', so that both solutions are with the same side of L.
    return symmetricPart(solveTransposed(lower, Dense.transpose(solveTransposed(lower, phi))));
  }

  /** {@code L^-1 B}. */
  static double[][] solve(double[][] lower, double[][] b) {
    double[][] x = Dense.copy(b);
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < i; k++) {
        addScaled(x[i], x[k], -lower[i][k], 0, x[i].length);
      }
      divide(x[i], lower[i][i]);
    }
    return x;
  }

  /** {@code L^-T B}. */
  static double[][] solveTransposed(double[][] lower, double[][] b) {
    double[][] x = Dense.copy(b);
    for (int i = x.length - 1; i >= 0; i--) {
      divide(x[i], lower[i][i]);
      for (int k = 0; k < i; k++) {
        addScaled(x[k], x[i], -lower[i][k], 0, x[i].length);
      }
    }
    return x;
  }

  /** The entries on and below the diagonal. */
  static double[][] lowerTriangle(double[][] square) {
    double[][] lower = Dense.copy(square);
    for (int i = 0; i < lower.length; i++) {
      Arrays.fill(lower[i], i + 1, lower.length, 0);
    }
    return lower;
  }

  private static double[][] symmetricPart(double[][] a) {
    double[][] symmetric = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        symmetric[i][j] = (a[i][j] + a[j][i]) / 2;
      }
    }
    return symmetric;
  }

  private static void divide(double[] row, double divisor) {
    for (int j = 0; j < row.length; j++) {
      row[j] /= divisor;
    }
  }

  private static void addScaled(double[] y, double[] x, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.fma(factor, x[j], y[j]);
    }
  }
}
