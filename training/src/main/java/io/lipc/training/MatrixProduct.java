package io.lipc.training;

/**
 * The one product that batches need, over row arrays. The inner loops index all their arrays by the
 * same plain {@code j}, from 0, in blocks of four rows by four terms: the largest that C2 still
 * vectorises.
 */
final class MatrixProduct {

  private static final int BLOCK = 4;

  private MatrixProduct() {}

  /**
   * {@code y[i][j] += sum_k a[i][k] x[k][j]} for {@code i < rows}, {@code k < terms}, {@code j <
   * columns}; the terms of each sum are added from the first to the last, each fused with its
   * product, so the result does not depend on how rows are grouped.
   */
  static void accumulate(
      double[][] y, double[][] a, double[][] x, int rows, int terms, int columns) {
    int i = 0;
    for (; i + BLOCK <= rows; i += BLOCK) {
      int k = 0;
      for (; k + BLOCK <= terms; k += BLOCK) {
        block(y, a, x, i, k, columns);
      }
      for (; k < terms; k++) {
        for (int row = i; row < i + BLOCK; row++) {
          addScaled(y[row], x[k], a[row][k], columns);
        }
      }
    }
    for (; i < rows; i++) {
      int k = 0;
      for (; k + BLOCK <= terms; k += BLOCK) {
        singleRow(y[i], a[i], x, k, columns);
      }
      for (; k < terms; k++) {
        addScaled(y[i], x[k], a[i][k], columns);
      }
    }
  }

  private static void block(double[][] y, double[][] a, double[][] x, int i, int k, int columns) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    double[] x0 = x[k];
    double[] x1 = x[k + 1];
    double[] x2 = x[k + 2];
    double[] x3 = x[k + 3];
    double a00 = a[i][k];
    double a01 = a[i][k + 1];
    double a02 = a[i][k + 2];
    double a03 = a[i][k + 3];
    double a10 = a[i + 1][k];
    double a11 = a[i + 1][k + 1];
    double a12 = a[i + 1][k + 2];
    double a13 = a[i + 1][k + 3];
    double a20 = a[i + 2][k];
    double a21 = a[i + 2][k + 1];
    double a22 = a[i + 2][k + 2];
    double a23 = a[i + 2][k + 3];
    double a30 = a[i + 3][k];
    double a31 = a[i + 3][k + 1];
    double a32 = a[i + 3][k + 2];
    double a33 = a[i + 3][k + 3];
    for (int j = 0; j < columns; j++) {
      double b0 = x0[j];
      double b1 = x1[j];
      double b2 = x2[j];
      double b3 = x3[j];
      y0[j] = Math.fma(a03, b3, Math.fma(a02, b2, Math.fma(a01, b1, Math.fma(a00, b0, y0[j]))));
      y1[j] = Math.fma(a13, b3, Math.fma(a12, b2, Math.fma(a11, b1, Math.fma(a10, b0, y1[j]))));
      y2[j] = Math.fma(a23, b3, Math.fma(a22, b2, Math.fma(a21, b1, Math.fma(a20, b0, y2[j]))));
      y3[j] = Math.fma(a33, b3, Math.fma(a32, b2, Math.fma(a31, b1, Math.fma(a30, b0, y3[j]))));
    }
  }

  private static void singleRow(double[] y, double[] a, double[][] x, int k, int columns) {
    double[] x0 = x[k];
    double[] x1 = x[k + 1];
    double[] x2 = x[k + 2];
    double[] x3 = x[k + 3];
    double a0 = a[k];
    double a1 = a[k + 1];
    double a2 = a[k + 2];
    double a3 = a[k + 3];
    for (int j = 0; j < columns; j++) {
      y[j] =
          Math.fma(a3, x3[j], Math.fma(a2, x2[j], Math.fma(a1, x1[j], Math.fma(a0, x0[j], y[j]))));
    }
  }

  /** {@code y[j] += factor x[j]} for {@code j < columns}. */
  static void addScaled(double[] y, double[] x, double factor, int columns) {
    for (int j = 0; j < columns; j++) {
      y[j] = Math.fma(factor, x[j], y[j]);
    }
  }

  /** {@code t[j][i] = a[i][j]} for {@code i < rows}, {@code j < columns}. */
  static void transpose(double[][] t, double[][] a, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      double[] row = a[i];
      for (int j = 0; j < columns; j++) {
        t[j][i] = row[j];
      }
    }
  }
}
