package io.lipc.linalg;

import java.util.stream.IntStream;

/**
 * Products of row arrays. Every inner loop indexes all its arrays by the same plain {@code j}: that
 * is the shape which C2 vectorises. Each entry is a sum of fused products in the order of the
 * terms, whatever the blocks and threads are: results are the same to the last bit.
 */
public final class Dense {

  /** Columns of one pass: six rows of so many doubles stay in the first-level cache. */
  private static final int STRIP = 512;

  /** Terms of one pass: so many strips stay in the second-level cache. */
  private static final int TERMS = 128;

  /** Rows that one task computes; even, because rows are computed in pairs. */
  private static final int CHUNK = 16;

  /** Fewer multiplications than this are not worth a second thread. */
  private static final long MANY = 1 << 21;

  private Dense() {}

  /** Adds a product in place: {@code C += sign A' B}, for A p x n, B p x m, C n x m. */
  public static void addTransposedProduct(
      double[][] c, double[][] a, double[][] b, double sign, Deadline deadline) {
    if (c.length > 0) {
      new Update(c, a, b, sign, false)
          .run(Range.all(a), Range.all(c), c[0].length, false, deadline);
    }
  }

  /**
   * The product {@code A' B}, for A p x n with few non-zero entries; what their zeros meet in B
   * must be finite.
   */
  public static double[][] sparseTransposedProduct(double[][] a, double[][] b, Deadline deadline) {
    int columns = b.length == 0 ? 0 : b[0].length;
    double[][] c = zeros(a.length == 0 ? 0 : a[0].length, columns);
    new Update(c, a, b, 1, true).run(Range.all(a), Range.all(c), columns, false, deadline);
    return c;
  }

  /**
   * {@code C[i][j] += sign sum_p A[p][i] B[p][j]}; with {@code skip}, zeros of A are passed over.
   */
  static final class Update {
    private final double[][] c;
    private final double[][] a;
    private final double[][] b;
    private final double sign;
    private final boolean skip;

    Update(double[][] c, double[][] a, double[][] b, double sign, boolean skip) {
      this.c = c;
      this.a = a;
      this.b = b;
      this.sign = sign;
      this.skip = skip;
    }

    /**
     * Adds the products for i in {@code rows}, p in {@code terms}, and j below {@code columns}.
     *
     * @param upper only j from i on; what is one place below the diagonal may then be written to
     */
    void run(Range terms, Range rows, int columns, boolean upper, Deadline deadline) {
      int chunks = (rows.length() + CHUNK - 1) / CHUNK;
      long products = (long) terms.length() * rows.length() * columns;
      IntStream tasks = IntStream.range(0, chunks);
      (products >= MANY ? tasks.parallel() : tasks)
          .forEach(
              chunk -> {
                int from = rows.from() + chunk * CHUNK;
                Range part = new Range(from, Math.min(rows.to(), from + CHUNK));
                for (int p = terms.from(); p < terms.to(); p += TERMS) {
                  deadline.check();
                  chunk(new Range(p, Math.min(terms.to(), p + TERMS)), part, columns, upper);
                }
              });
    }

    private void chunk(Range terms, Range rows, int columns, boolean upper) {
      for (int strip = upper ? rows.from() : 0; strip < columns; strip += STRIP) {
        int end = Math.min(columns, strip + STRIP);
        int i = rows.from();
        for (; i + 2 <= rows.to(); i += 2) {
          pair(terms, i, upper ? Math.max(strip, i) : strip, end);
        }
        if (i < rows.to()) {
          single(terms, i, upper ? Math.max(strip, i) : strip, end);
        }
      }
    }

    private void pair(Range terms, int i, int from, int to) {
      int p = terms.from();
      for (; p + 4 <= terms.to(); p += 4) {
        double[] a0 = a[p];
        double[] a1 = a[p + 1];
        double[] a2 = a[p + 2];
        double[] a3 = a[p + 3];
        if (skip && isZero(a0, a1, a2, a3, i) && isZero(a0, a1, a2, a3, i + 1)) {
          continue;
        }
        twoByFour(
            c[i],
            c[i + 1],
            b[p],
            b[p + 1],
            b[p + 2],
            b[p + 3],
            sign * a0[i],
            sign * a1[i],
            sign * a2[i],
            sign * a3[i],
            sign * a0[i + 1],
            sign * a1[i + 1],
            sign * a2[i + 1],
            sign * a3[i + 1],
            from,
            to);
      }
      for (; p < terms.to(); p++) {
        axpy(c[i], b[p], sign * a[p][i], from, to);
        axpy(c[i + 1], b[p], sign * a[p][i + 1], from, to);
      }
    }

    private static boolean isZero(double[] a0, double[] a1, double[] a2, double[] a3, int i) {
      return a0[i] == 0 && a1[i] == 0 && a2[i] == 0 && a3[i] == 0;
    }

    private void single(Range terms, int i, int from, int to) {
      for (int p = terms.from(); p < terms.to(); p++) {
        axpy(c[i], b[p], sign * a[p][i], from, to);
      }
    }
  }

  /**
   * Adds two rows by four terms, and not more: C2 does not vectorise three rows by four with a
   * start that varies.
   */
  private static void twoByFour(
      double[] y0,
      double[] y1,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double s00,
      double s01,
      double s02,
      double s03,
      double s10,
      double s11,
      double s12,
      double s13,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      double v0 = b0[j];
      double v1 = b1[j];
      double v2 = b2[j];
      double v3 = b3[j];
      y0[j] = Math.fma(s03, v3, Math.fma(s02, v2, Math.fma(s01, v1, Math.fma(s00, v0, y0[j]))));
      y1[j] = Math.fma(s13, v3, Math.fma(s12, v2, Math.fma(s11, v1, Math.fma(s10, v0, y1[j]))));
    }
  }

  /** {@code y += s0 b0 + s1 b1 + s2 b2 + s3 b3}, in this order. */
  static void addFour(
      double[] y,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double s0,
      double s1,
      double s2,
      double s3,
      int to) {
    for (int j = 0; j < to; j++) {
      y[j] =
          Math.fma(s3, b3[j], Math.fma(s2, b2[j], Math.fma(s1, b1[j], Math.fma(s0, b0[j], y[j]))));
    }
  }

  /** Adds a multiple in place: {@code y += factor x}, x and y of one length. */
  public static void addScaled(double[] y, double[] x, double factor) {
    axpy(y, x, factor, 0, y.length);
  }

  static void axpy(double[] y, double[] x, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.fma(factor, x[j], y[j]);
    }
  }

  /** The product {@code A B}, for A n x p and B p x m. */
  public static double[][] product(double[][] a, double[][] b, Deadline deadline) {
    int columns = b.length == 0 ? 0 : b[0].length;
    double[][] c = zeros(a.length, columns);
    // The transposition costs little beside the product: its loops want columns of the left side.
    new Update(c, transpose(a), b, 1, false)
        .run(Range.all(b), Range.all(c), columns, false, deadline);
    return c;
  }

  /** The Gram matrix of the shorter side of A: {@code A A'} or {@code A' A}. */
  public static double[][] smallerGram(double[][] a, Deadline deadline) {
    double[][] tall = a.length < a[0].length ? transpose(a) : a;
    double[][] gram = zeros(tall[0].length, tall[0].length);
    addTransposedProduct(gram, tall, tall, 1, deadline);
    return gram;
  }

  /** The transpose {@code A'} as a new matrix. */
  public static double[][] transpose(double[][] a) {
    return a.length == 0 ? new double[0][0] : MatrixProduct.transpose(a);
  }

  /** The Gram matrix {@code A' A}, symmetric to the last bit. */
  public static double[][] gram(double[][] a, Deadline deadline) {
    int columns = a.length == 0 ? 0 : a[0].length;
    double[][] gram = zeros(columns, columns);
    new Update(gram, a, a, 1, false).run(Range.all(a), Range.all(gram), columns, true, deadline);
    mirror(gram);
    return gram;
  }

  /**
   * {@code M' M}, symmetric to the last bit, for a lower triangular M: rows from i on meet columns
   * up to their own only.
   */
  static double[][] gramOfLower(double[][] m, Deadline deadline) {
    int n = m.length;
    double[][] gram = zeros(n, n);
    Update update = new Update(gram, m, m, 1, true);
    for (int p = 0; p < n; p += TERMS) {
      int end = Math.min(n, p + TERMS);
      update.run(new Range(p, end), new Range(0, end), end, true, deadline);
    }
    mirror(gram);
    return gram;
  }

  /** Copies what is above the diagonal to below it. */
  private static void mirror(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        a[i][j] = a[j][i];
      }
    }
  }

  /** Replaces the square matrix A by its symmetric part {@code (A + A') / 2}. */
  public static void symmetrise(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        a[i][j] = (a[i][j] + a[j][i]) / 2;
        a[j][i] = a[i][j];
      }
    }
  }

  /**
   * The zero matrix of this size, new.
   *
   * @throws TooLarge if there is no memory for it
   */
  public static double[][] zeros(int rows, int columns) {
    Memory.require(rows, columns);
    return new double[rows][columns];
  }

  /** The identity matrix with {@code size} rows, new. */
  public static double[][] identity(int size) {
    double[][] identity = zeros(size, size);
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** A copy of a matrix that shares no row with it. */
  public static double[][] copy(double[][] a) {
    double[][] copy = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      copy[i] = a[i].clone();
    }
    return copy;
  }

  /** The inner product of two vectors of one length. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum = Math.fma(a[i], b[i], sum);
    }
    return sum;
  }

  /**
   * The inner product of elements {@code from} (included) to {@code to} (excluded), as four sums: a
   * single one would wait for each addition.
   */
  public static double dot(double[] a, double[] b, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = from;
    for (; j + 4 <= to; j += 4) {
      s0 = Math.fma(a[j], b[j], s0);
      s1 = Math.fma(a[j + 1], b[j + 1], s1);
      s2 = Math.fma(a[j + 2], b[j + 2], s2);
      s3 = Math.fma(a[j + 3], b[j + 3], s3);
    }
    for (; j < to; j++) {
      s0 = Math.fma(a[j], b[j], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The Euclidean norm of a vector; squares may overflow. */
  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
