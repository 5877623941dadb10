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

  /** The number of multiplications from which strips for the caches and a second thread pay. */
  private static final long MANY = 1 << 21;

  private MatrixProduct() {}

  /**
   * Adds a product in place: {@code y[i][j] += sum_k a[i][k] x[k][j]} for {@code i < rows}, {@code
   * k < terms}, {@code j < columns}; the terms of each sum are added from the first to the last,
   * each fused with its product, so the result does not depend on how rows are grouped.
   */
  public static void accumulate(
      double[][] y, double[][] a, double[][] x, int rows, int terms, int columns) {
    accumulate(y, Coefficients.of(a), x, new Range(0, rows), new Range(0, terms), columns);
  }

  /** The same with the transpose of a: {@code y[i][j] += sum_k a[k][i] x[k][j]}. */
  public static void accumulateTransposed(
      double[][] y, double[][] a, double[][] x, int rows, int terms, int columns) {
    accumulate(y, Coefficients.transposed(a), x, new Range(0, rows), new Range(0, terms), columns);
  }

  /**
   * {@code y[i][j] += sum_k a(i, k) x[k][j]} for i in {@code rows}, k in {@code terms}, and {@code
   * j < columns}, in the same order of terms. Rows of x may be other rows of y.
   */
  static void accumulate(
      double[][] y, Coefficients a, double[][] x, Range rows, Range terms, int columns) {
    if (Vectors.areOn()) {
      VectorTiles.accumulate(y, a, x, rows, terms, columns);
    } else {
      accumulateByLoops(y, a, x, rows, terms, columns);
    }
  }

  static void accumulateByLoops(
      double[][] y, Coefficients a, double[][] x, Range rows, Range terms, int columns) {
    double[] factors = new double[BLOCK * BLOCK];
    int i = rows.from();
    for (; i + BLOCK <= rows.to(); i += BLOCK) {
      int k = terms.from();
      for (; k + BLOCK <= terms.to(); k += BLOCK) {
        for (int f = 0; f < factors.length; f++) {
          factors[f] = a.at(i + f / BLOCK, k + f % BLOCK);
        }
        block(y, factors, x, i, k, columns);
      }
      for (; k < terms.to(); k++) {
        for (int row = i; row < i + BLOCK; row++) {
          addScaled(y[row], x[k], a.at(row, k), columns);
        }
      }
    }
    for (; i < rows.to(); i++) {
      int k = terms.from();
      for (; k + BLOCK <= terms.to(); k += BLOCK) {
        singleRow(y[i], a, x, i, k, columns);
      }
      for (; k < terms.to(); k++) {
        addScaled(y[i], x[k], a.at(i, k), columns);
      }
    }
  }

  private static void block(
      double[][] y, double[] factors, double[][] x, int i, int k, int columns) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    double[] x0 = x[k];
    double[] x1 = x[k + 1];
    double[] x2 = x[k + 2];
    double[] x3 = x[k + 3];
    double a00 = factors[0];
    double a01 = factors[1];
    double a02 = factors[2];
    double a03 = factors[3];
    double a10 = factors[4];
    double a11 = factors[5];
    double a12 = factors[6];
    double a13 = factors[7];
    double a20 = factors[8];
    double a21 = factors[9];
    double a22 = factors[10];
    double a23 = factors[11];
    double a30 = factors[12];
    double a31 = factors[13];
    double a32 = factors[14];
    double a33 = factors[15];
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
      double[] y, Coefficients a, double[][] x, int i, int k, int columns) {
    double[] x0 = x[k];
    double[] x1 = x[k + 1];
    double[] x2 = x[k + 2];
    double[] x3 = x[k + 3];
    double a0 = a.at(i, k);
    double a1 = a.at(i, k + 1);
    double a2 = a.at(i, k + 2);
    double a3 = a.at(i, k + 3);
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
    return product(a, b, new Workspace());
  }

  /** The product {@code A B} of matrices of fitting sizes. */
  public static double[][] product(double[][] a, double[][] b, Workspace workspace) {
    int columns = b[0].length;
    if (isLarge(a.length, b.length, columns)) {
      return Dense.product(a, b, Deadline.NONE);
    }
    double[][] product = workspace.takeZeros(a.length, columns);
    accumulate(product, a, b, a.length, b.length, columns);
    return product;
  }

  /** The product {@code A' B}. */
  public static double[][] transposedProduct(double[][] a, double[][] b, Workspace workspace) {
    int rows = a[0].length;
    int columns = b[0].length;
    if (isLarge(rows, b.length, columns)) {
      return Dense.product(transpose(a), b, Deadline.NONE);
    }
    double[][] product = workspace.takeZeros(rows, columns);
    accumulateTransposed(product, a, b, rows, b.length, columns);
    return product;
  }
}
