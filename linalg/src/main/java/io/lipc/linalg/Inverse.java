package io.lipc.linalg;

import java.util.Optional;

/** The inverse of a square matrix that need not be symmetric. */
public final class Inverse {

  private Inverse() {}

  /**
   * The inverse by Gauss-Jordan elimination, with the largest entry of each column as its pivot.
   *
   * @param a square, not written
   * @return empty if a pivot is zero or not finite: nothing is shifted or repaired
   */
  public static Optional<double[][]> of(double[][] a) {
    int n = a.length;
    double[][] rows = withIdentity(a);
    for (int k = 0; k < n; k++) {
      int pivot = largest(rows, k);
      double[] row = rows[pivot];
      rows[pivot] = rows[k];
      rows[k] = row;
      double value = row[k];
      if (value == 0 || !Double.isFinite(value)) {
        return Optional.empty();
      }
      for (int j = 0; j < 2 * n; j++) {
        row[j] /= value;
      }
      for (int i = 0; i < n; i++) {
        if (i != k) {
          MatrixProduct.addScaled(rows[i], row, -rows[i][k], 2 * n);
        }
      }
    }
    return Optional.of(rightHalf(rows));
  }

  /** {@code [A, I]}. */
  private static double[][] withIdentity(double[][] a) {
    int n = a.length;
    double[][] rows = Entries.zeros(n, 2 * n);
    for (int i = 0; i < n; i++) {
      System.arraycopy(a[i], 0, rows[i], 0, n);
      rows[i][n + i] = 1;
    }
    return rows;
  }

  private static double[][] rightHalf(double[][] rows) {
    int n = rows.length;
    double[][] half = Entries.zeros(n, n);
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows[i], n, half[i], 0, n);
    }
    return half;
  }

  /** The row, from k on, whose entry in column k is largest; NaN is found as such. */
  private static int largest(double[][] rows, int k) {
    int best = k;
    for (int i = k + 1; i < rows.length; i++) {
      best = Math.abs(rows[i][k]) > Math.abs(rows[best][k]) ? i : best;
    }
    return best;
  }
}
