package io.lipc.training.linalg;

import io.lipc.certifier.linalg.Dense;
import io.lipc.training.linalg.MatrixProduct.Range;
import java.util.Arrays;
import java.util.Optional;

/**
 * Factorisation and solution with lower triangular matrices, in blocks of rows: what the rows
 * before a block do to it is a product, only the block itself is worked off row by row. Each entry
 * is a sum of fused products in the order of elimination, whatever the blocks are; entries above
 * the diagonal are never read.
 */
final class Triangular {

  private static final int BLOCK = 4;

  private Triangular() {}

  /**
   * The lower triangular L with a positive diagonal and {@code L L' = (A + A') / 2}.
   *
   * @return empty if a pivot is not positive and finite: nothing is shifted or repaired
   */
  static Optional<double[][]> cholesky(double[][] a) {
    double[][] upper = symmetricPart(a);
    int n = upper.length;
    double[][] lower = new double[n][n];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      MatrixProduct.accumulate(upper, lower, upper, new Range(from, to), new Range(0, from), n, -1);
      for (int k = from; k < to; k++) {
        if (!isEliminated(upper, k, from)) {
          return Optional.empty();
        }
      }
      for (int i = from; i < n; i++) {
        for (int k = from; k < Math.min(to, i + 1); k++) {
          lower[i][k] = upper[k][i];
        }
      }
    }
    return Optional.of(lower);
  }

  /**
   * Row k of L', when those before {@code from} have been subtracted; false where there is none.
   */
  private static boolean isEliminated(double[][] upper, int k, int from) {
    double[] row = upper[k];
    for (int before = from; before < k; before++) {
      MatrixProduct.addScaled(row, upper[before], -upper[before][k], row.length);
    }
    double pivot = row[k];
    if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
      return false;
    }
    divide(row, Math.sqrt(pivot));
    // Left of the diagonal the rows before have left something that means nothing.
    Arrays.fill(row, 0, k, 0);
    return true;
  }

  /**
   * The adjoint of A for {@link #cholesky}, as the gradient among symmetric matrices: with {@code
   * dA = dL L' + L dL'}, {@code L^-1 dL} is the lower triangle of {@code L^-1 dA L^-T} with its
   * diagonal halved, so {@code S = L^-T Phi(L' Lbar) L^-1} and {@code Abar = (S + S') / 2}, where
   * Phi takes that triangle (Murray, Differentiation of the Cholesky decomposition, 2016, eq. 10).
   */
  static double[][] choleskyPullBack(double[][] lower, double[][] adjoint) {
    int n = lower.length;
    double[][] upper = MatrixProduct.transpose(lower);
    double[][] right = lowerTriangle(adjoint);
    double[][] phi = new double[n][n];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      MatrixProduct.accumulate(phi, upper, right, new Range(from, to), new Range(from, n), to, 1);
    }
    for (int i = 0; i < n; i++) {
      phi[i][i] /= 2;
      Arrays.fill(phi[i], i + 1, n, 0);
    }
    // S' = L^-T (L^-T Phi)', so that both solutions are with the same side of L.
    double[][] turned = turned(lower);
    double[][] half = MatrixProduct.transpose(solveTurned(turned, phi));
    return symmetricPart(solveTurned(turned, half));
  }

  /** {@code L^-1 B}. */
  static double[][] solve(double[][] lower, double[][] b) {
    double[][] x = Dense.copy(b);
    solveInPlace(lower, x);
    return x;
  }

  /** {@code L^-T B}. */
  static double[][] solveTransposed(double[][] lower, double[][] b) {
    return solveTurned(turned(lower), b);
  }

  private static void solveInPlace(double[][] lower, double[][] x) {
    int columns = x[0].length;
    for (int from = 0; from < x.length; from += BLOCK) {
      int to = Math.min(x.length, from + BLOCK);
      MatrixProduct.accumulate(x, lower, x, new Range(from, to), new Range(0, from), columns, -1);
      for (int i = from; i < to; i++) {
        for (int k = from; k < i; k++) {
          MatrixProduct.addScaled(x[i], x[k], -lower[i][k], columns);
        }
        divide(x[i], lower[i][i]);
      }
    }
  }

  /** L' with rows and columns in reverse order, so that it is lower triangular too. */
  private static double[][] turned(double[][] lower) {
    int last = lower.length - 1;
    double[][] turned = new double[last + 1][last + 1];
    for (int i = 0; i <= last; i++) {
      double[] row = lower[i];
      for (int k = 0; k <= i; k++) {
        turned[last - k][last - i] = row[k];
      }
    }
    return turned;
  }

  /** {@code L^-T B}, by the turned L and the rows of B from the last to the first. */
  private static double[][] solveTurned(double[][] turned, double[][] b) {
    int n = b.length;
    double[][] x = new double[n][];
    for (int i = 0; i < n; i++) {
      x[i] = b[n - 1 - i].clone();
    }
    solveInPlace(turned, x);
    double[][] solution = new double[n][];
    for (int i = 0; i < n; i++) {
      solution[i] = x[n - 1 - i];
    }
    return solution;
  }

  /** {@code A A'}, symmetric to the last bit. */
  static double[][] gram(double[][] a) {
    double[][] gram = lowerProduct(a, MatrixProduct.transpose(a), 1);
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < i; j++) {
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  /** The entries of {@code -A B'} on and below the diagonal. */
  static double[][] lowerOfNegativeProduct(double[][] a, double[][] b) {
    double[][] product = lowerProduct(a, MatrixProduct.transpose(b), -1);
    for (int i = 0; i < product.length; i++) {
      Arrays.fill(product[i], i + 1, product.length, 0);
    }
    return product;
  }

  /** {@code sign A B}, square, where it is on or below the diagonal; elsewhere anything. */
  private static double[][] lowerProduct(double[][] a, double[][] b, double sign) {
    int n = a.length;
    if (MatrixProduct.isLarge(n, b.length, n)) {
      return Entries.scaled(Dense.product(a, b), sign);
    }
    double[][] product = new double[n][n];
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      MatrixProduct.accumulate(
          product, a, b, new Range(from, to), new Range(0, b.length), to, sign);
    }
    return product;
  }

  /** The entries on and below the diagonal. */
  private static double[][] lowerTriangle(double[][] square) {
    double[][] lower = Dense.copy(square);
    for (int i = 0; i < lower.length; i++) {
      Arrays.fill(lower[i], i + 1, lower.length, 0);
    }
    return lower;
  }

  private static double[][] symmetricPart(double[][] a) {
    double[][] symmetric = MatrixProduct.transpose(a);
    for (int i = 0; i < a.length; i++) {
      mean(symmetric[i], a[i]);
    }
    return symmetric;
  }

  /** {@code y = (x + y) / 2}. */
  private static void mean(double[] y, double[] x) {
    for (int j = 0; j < y.length; j++) {
      y[j] = (x[j] + y[j]) / 2;
    }
  }

  private static void divide(double[] row, double divisor) {
    for (int j = 0; j < row.length; j++) {
      row[j] /= divisor;
    }
  }
}
