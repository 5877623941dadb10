package io.lipc.linalg;

/**
 * Products and transposes of row arrays small enough for one thread and the first caches. The inner
 * loops index all their arrays by the same plain {@code j}, from 0, in blocks of four rows by four
 * terms: the largest that C2 still vectorises.
 */
public final class MatrixProduct {

  private static final int BLOCK = 4;

  /** Rows of a transposition's block: so many doubles are a cache line. */
  private static final int LINE = 8;

  /** From so many multiplications on, strips for the caches and a second thread pay. */
  private static final long MANY = 1 << 21;

  private MatrixProduct() {}

  /**
   * Adds a product in place: {@code y[i][j] += sum_k a[i][k] x[k][j]} for {@code i < rows}, {@code
   * k < terms}, {@code j < columns}; the terms of each sum are added from the first to the last,
   * each fused with its product, so the result does not depend on how rows are grouped.
   */
  public static void accumulate(
      double[][] y, double[][] a, double[][] x, int rows, int terms, int columns) {
    accumulate(y, a, x, new Range(0, rows), new Range(0, terms), columns, 1);
  }

  /**
   * {@code y[i][j] += sign sum_k a[i][k] x[k][j]} for i in {@code rows}, k in {@code terms}, and
   * {@code j < columns}, in the same order of terms. Rows of x may be other rows of y.
   *
   * @param sign 1 or -1
   */
  static void accumulate(
      double[][] y, double[][] a, double[][] x, Range rows, Range terms, int columns, double sign) {
    int i = rows.from();
    for (; i + BLOCK <= rows.to(); i += BLOCK) {
      int k = terms.from();
      for (; k + BLOCK <= terms.to(); k += BLOCK) {
        block(y, a, x, i, k, columns, sign);
      }
      for (; k < terms.to(); k++) {
        for (int row = i; row < i + BLOCK; row++) {
          addScaled(y[row], x[k], sign * a[row][k], columns);
        }
      }
    }
    for (; i < rows.to(); i++) {
      int k = terms.from();
      for (; k + BLOCK <= terms.to(); k += BLOCK) {
        singleRow(y[i], a[i], x, k, columns, sign);
      }
      for (; k < terms.to(); k++) {
        addScaled(y[i], x[k], sign * a[i][k], columns);
      }
    }
  }

  private static void block(
      double[][] y, double[][] a, double[][] x, int i, int k, int columns, double sign) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    double[] x0 = x[k];
    double[] x1 = x[k + 1];
    double[] x2 = x[k + 2];
    double[] x3 = x[k + 3];
    double a00 = sign * a[i][k];
    double a01 = sign * a[i][k + 1];
    double a02 = sign * a[i][k + 2];
    double a03 = sign * a[i][k + 3];
    double a10 = sign * a[i + 1][k];
    double a11 = sign * a[i + 1][k + 1];
    double a12 = sign * a[i + 1][k + 2];
    double a13 = sign * a[i + 1][k + 3];
    double a20 = sign * a[i + 2][k];
    double a21 = sign * a[i + 2][k + 1];
    double a22 = sign * a[i + 2][k + 2];
    double a23 = sign * a[i + 2][k + 3];
    double a30 = sign * a[i + 3][k];
    double a31 = sign * a[i + 3][k + 1];
    double a32 = sign * a[i + 3][k + 2];
    double a33 = sign * a[i + 3][k + 3];
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

  private static void singleRow(
      double[] y, double[] a, double[][] x, int k, int columns, double sign) {
    double[] x0 = x[k];
    double[] x1 = x[k + 1];
    double[] x2 = x[k + 2];
    double[] x3 = x[k + 3];
    double a0 = sign * a[k];
    double a1 = sign * a[k + 1];
    double a2 = sign * a[k + 2];
    double a3 = sign * a[k + 3];
    for (int j = 0; j < columns; j++) {
      y[j] =
          Math.fma(a3, x3[j], Math.fma(a2, x2[j], Math.fma(a1, x1[j], Math.fma(a0, x0[j], y[j]))));
    }
  }

  /** Adds a multiple in place: {@code y[j] += factor x[j]} for {@code j < columns}. */
  public static void addScaled(double[] y, double[] x, double factor, int columns) {
    for (int j = 0; j < columns; j++) {
      y[j] = Math.fma(factor, x[j], y[j]);
    }
  }

  /** Transposes in part: {@code t[j][i] = a[i][j]} for {@code i < rows}, {@code j < columns}. */
  public static void transpose(double[][] t, double[][] a, int rows, int columns) {
    int i = 0;
    for (; i + LINE <= rows; i += LINE) {
      transposeLine(t, a, i, columns);
    }
    for (; i < rows; i++) {
      double[] row = a[i];
      for (int j = 0; j < columns; j++) {
        t[j][i] = row[j];
      }
    }
  }

  private static void transposeLine(double[][] t, double[][] a, int i, int columns) {
    double[] a0 = a[i];
    double[] a1 = a[i + 1];
    double[] a2 = a[i + 2];
    double[] a3 = a[i + 3];
    double[] a4 = a[i + 4];
    double[] a5 = a[i + 5];
    double[] a6 = a[i + 6];
    double[] a7 = a[i + 7];
    for (int j = 0; j < columns; j++) {
      double[] row = t[j];
      row[i] = a0[j];
      row[i + 1] = a1[j];
      row[i + 2] = a2[j];
      row[i + 3] = a3[j];
      row[i + 4] = a4[j];
      row[i + 5] = a5[j];
      row[i + 6] = a6[j];
      row[i + 7] = a7[j];
    }
  }

  /** The transpose {@code A'} as a new matrix. */
  public static double[][] transpose(double[][] a) {
    double[][] t = Entries.zeros(a[0].length, a.length);
    transpose(t, a, a.length, a[0].length);
    return t;
  }

  /** Whether a product is better left to {@link Dense}, which gives the same bits. */
  static boolean isLarge(int rows, int terms, int columns) {
    return (long) rows * terms * columns >= MANY;
  }

  /** The product {@code A B} of matrices of fitting sizes, as a new matrix. */
  public static double[][] product(double[][] a, double[][] b) {
    int columns = b[0].length;
    if (isLarge(a.length, b.length, columns)) {
      return Dense.product(a, b);
    }
    double[][] product = Entries.zeros(a.length, columns);
    accumulate(product, a, b, a.length, b.length, columns);
    return product;
  }
}
