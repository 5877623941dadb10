package io.lipc.linalg;

/** Functions of matrices entry by entry, as loops that C2 vectorises. */
public final class Entries {

  private Entries() {}

  /**
   * A new matrix of zeros, made row by row: the JVM allocates arrays of two dimensions several
   * times as slowly.
   */
  public static double[][] zeros(int rows, int columns) {
    double[][] zeros = new double[rows][];
    for (int i = 0; i < rows; i++) {
      zeros[i] = new double[columns];
    }
    return zeros;
  }

  /** The sum {@code A + B} of two matrices of one shape, as a new matrix. */
  public static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = zeros(a.length, a[0].length);
    for (int i = 0; i < a.length; i++) {
      add(a[i], b[i], sum[i]);
    }
    return sum;
  }

  /** Adds in place: {@code A += B}, for matrices of one shape. */
  public static void add(double[][] a, double[][] b) {
    for (int i = 0; i < a.length; i++) {
      add(a[i], b[i], a[i]);
    }
  }

  /** Adds the transpose of a square matrix in place: {@code A += A'}. */
  public static void addTransposed(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        double sum = a[i][j] + a[j][i];
        a[i][j] = sum;
        a[j][i] = sum;
      }
      a[i][i] += a[i][i];
    }
  }

  /** The sum of the diagonal of a square matrix. */
  public static double trace(double[][] a) {
    double trace = 0;
    for (int i = 0; i < a.length; i++) {
      trace += a[i][i];
    }
    return trace;
  }

  /** The symmetric part {@code (A + A') / 2} of a square matrix, as a new matrix. */
  public static double[][] symmetricPart(double[][] a) {
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

  private static void add(double[] a, double[] b, double[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] = a[j] + b[j];
    }
  }

  /** The matrix {@code factor A}, new. */
  public static double[][] scaled(double[][] a, double factor) {
    double[][] scaled = zeros(a.length, a[0].length);
    for (int i = 0; i < a.length; i++) {
      scale(factor, a[i], scaled[i]);
    }
    return scaled;
  }

  /** Multiplies in place. */
  public static void scale(double[][] a, double factor) {
    for (double[] row : a) {
      scale(factor, row, row);
    }
  }

  /**
   * Writes {@code diag(d) A}: row i is multiplied by d_i, for a column d.
   *
   * @param scaled of the size of A, which it may be
   */
  public static void scaleRows(double[][] d, double[][] a, double[][] scaled) {
    for (int i = 0; i < a.length; i++) {
      scale(d[i][0], a[i], scaled[i]);
    }
  }

  private static void scale(double factor, double[] a, double[] scaled) {
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = factor * a[j];
    }
  }

  /**
   * The inner products of the rows of A with those of B, as a column. Each is summed from its first
   * term to its last; four at a time, as one sum would wait for each of its additions.
   */
  public static double[][] dots(double[][] a, double[][] b) {
    double[][] dots = zeros(a.length, 1);
    int i = 0;
    for (; i + 4 <= a.length; i += 4) {
      fourDots(a, b, i, dots);
    }
    for (; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        dots[i][0] = Math.fma(a[i][j], b[i][j], dots[i][0]);
      }
    }
    return dots;
  }

  private static void fourDots(double[][] a, double[][] b, int i, double[][] dots) {
    double[] a0 = a[i];
    double[] a1 = a[i + 1];
    double[] a2 = a[i + 2];
    double[] a3 = a[i + 3];
    double[] b0 = b[i];
    double[] b1 = b[i + 1];
    double[] b2 = b[i + 2];
    double[] b3 = b[i + 3];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int j = 0; j < a0.length; j++) {
      s0 = Math.fma(a0[j], b0[j], s0);
      s1 = Math.fma(a1[j], b1[j], s1);
      s2 = Math.fma(a2[j], b2[j], s2);
      s3 = Math.fma(a3[j], b3[j], s3);
    }
    dots[i][0] = s0;
    dots[i + 1][0] = s1;
    dots[i + 2][0] = s2;
    dots[i + 3][0] = s3;
  }
}
