package io.lipc.certifier.linalg;

/**
 * Products of row arrays. Every inner loop indexes all its arrays by the same plain {@code j}: that
 * is the shape which C2 vectorises.
 */
public final class Dense {

  /** Columns of one pass: four rows of so many doubles stay in the first-level cache. */
  private static final int STRIP = 512;

  private Dense() {}

  /** {@code C += sign A' B}, for A p x n, B p x m, C n x m. */
  public static void addTransposedProduct(double[][] c, double[][] a, double[][] b, double sign) {
    if (c.length > 0) {
      update(c, a, b, sign, new Range(0, a.length), new Range(0, c.length), c[0].length, false);
    }
  }

  /** The columns {@code [from, to)} or rows of a matrix. */
  record Range(int from, int to) {}

  /**
   * {@code C[i][j] += sign sum_p A[p][i] B[p][j]} for i in {@code rows}, p in {@code terms}, and
   * all j, or those from i on if {@code upper}.
   */
  static void update(
      double[][] c,
      double[][] a,
      double[][] b,
      double sign,
      Range terms,
      Range rows,
      int columns,
      boolean upper) {
    for (int strip = upper ? rows.from() : 0; strip < columns; strip += STRIP) {
      int end = Math.min(columns, strip + STRIP);
      int i = rows.from();
      for (; i + 2 <= rows.to(); i += 2) {
        int start = upper ? Math.max(strip, i) : strip;
        pairOfRows(c, a, b, sign, terms, i, start, end);
      }
      for (; i < rows.to(); i++) {
        int start = upper ? Math.max(strip, i) : strip;
        for (int p = terms.from(); p < terms.to(); p++) {
          axpy(c[i], b[p], sign * a[p][i], start, end);
        }
      }
    }
  }

  private static void pairOfRows(
      double[][] c, double[][] a, double[][] b, double s, Range terms, int i, int from, int to) {
    int p = terms.from();
    for (; p + 4 <= terms.to(); p += 4) {
      double[] a0 = a[p];
      double[] a1 = a[p + 1];
      double[] a2 = a[p + 2];
      double[] a3 = a[p + 3];
      four(c[i], b, p, s * a0[i], s * a1[i], s * a2[i], s * a3[i], from, to);
      four(c[i + 1], b, p, s * a0[i + 1], s * a1[i + 1], s * a2[i + 1], s * a3[i + 1], from, to);
    }
    for (; p < terms.to(); p++) {
      axpy(c[i], b[p], s * a[p][i], from, to);
      axpy(c[i + 1], b[p], s * a[p][i + 1], from, to);
    }
  }

  private static void four(
      double[] y,
      double[][] b,
      int p,
      double s0,
      double s1,
      double s2,
      double s3,
      int from,
      int to) {
    double[] b0 = b[p];
    double[] b1 = b[p + 1];
    double[] b2 = b[p + 2];
    double[] b3 = b[p + 3];
    for (int j = from; j < to; j++) {
      y[j] =
          Math.fma(s3, b3[j], Math.fma(s2, b2[j], Math.fma(s1, b1[j], Math.fma(s0, b0[j], y[j]))));
    }
  }

  /** {@code y += factor x}. */
  public static void addScaled(double[] y, double[] x, double factor) {
    axpy(y, x, factor, 0, y.length);
  }

  static void axpy(double[] y, double[] x, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.fma(factor, x[j], y[j]);
    }
  }

  /** {@code A B}, for A n x p and B p x m. */
  public static double[][] product(double[][] a, double[][] b) {
    int columns = b.length == 0 ? 0 : b[0].length;
    double[][] c = new double[a.length][columns];
    for (int i = 0; i < a.length; i++) {
      double[] row = a[i];
      int p = 0;
      for (; p + 4 <= b.length; p += 4) {
        four(c[i], b, p, row[p], row[p + 1], row[p + 2], row[p + 3], 0, columns);
      }
      for (; p < b.length; p++) {
        axpy(c[i], b[p], row[p], 0, columns);
      }
    }
    return c;
  }

  /** The Gram matrix of the shorter side: {@code A A'} or {@code A' A}. */
  public static double[][] smallerGram(double[][] a) {
    double[][] tall = a.length < a[0].length ? transpose(a) : a;
    double[][] gram = new double[tall[0].length][tall[0].length];
    addTransposedProduct(gram, tall, tall, 1);
    return gram;
  }

  /** {@code A'}. */
  public static double[][] transpose(double[][] a) {
    int columns = a.length == 0 ? 0 : a[0].length;
    double[][] t = new double[columns][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < columns; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  /** {@code A' A}, symmetric to the last bit. */
  public static double[][] gram(double[][] a) {
    int columns = a.length == 0 ? 0 : a[0].length;
    double[][] gram = new double[columns][columns];
    addTransposedProduct(gram, a, a, 1);
    symmetrise(gram);
    return gram;
  }

  /** Replaces A by {@code (A + A') / 2}. */
  public static void symmetrise(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        a[i][j] = (a[i][j] + a[j][i]) / 2;
        a[j][i] = a[i][j];
      }
    }
  }

  /** The identity matrix. */
  public static double[][] identity(int size) {
    double[][] identity = new double[size][size];
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** A copy that shares no row. */
  public static double[][] copy(double[][] a) {
    double[][] copy = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      copy[i] = a[i].clone();
    }
    return copy;
  }

  /** The inner product. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum = Math.fma(a[i], b[i], sum);
    }
    return sum;
  }

  /** The Euclidean norm, without care for overflow. */
  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
