package io.lipc.training.autodiff;

/** The product {@code s A diag(d)} and its adjoints, each in one pass over the rows. */
final class Columns {

  private Columns() {}

  /** Writes {@code (s A) diag(d)}. */
  static void scale(double[] d, double s, double[][] a, double[][] scaled) {
    for (int i = 0; i < a.length; i++) {
      scale(d, s, a[i], scaled[i]);
    }
  }

  private static void scale(double[] d, double s, double[] a, double[] scaled) {
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = d[j] * (s * a[j]);
    }
  }

  /**
   * The adjoints of d and s in {@link #scale}.
   *
   * @param factors that of d
   * @param scalar what the columns add to that of s
   */
  record Adjoints(double[] factors, double[] scalar) {}

  /** Sums run over rows from the first to the last; {@code adjoint} becomes that of A. */
  static Adjoints adjoints(double[] d, double s, double[][] a, double[][] adjoint) {
    double[] factors = new double[d.length];
    double[] scalar = new double[d.length];
    for (int i = 0; i < a.length; i++) {
      pullBack(d, s, a[i], adjoint[i], factors, scalar);
    }
    return new Adjoints(factors, scalar);
  }

  private static void pullBack(
      double[] d, double s, double[] a, double[] adjoint, double[] factors, double[] scalar) {
    for (int j = 0; j < d.length; j++) {
      double scaled = d[j] * adjoint[j];
      factors[j] = Math.fma(adjoint[j], s * a[j], factors[j]);
      scalar[j] = Math.fma(scaled, a[j], scalar[j]);
      adjoint[j] = s * scaled;
    }
  }
}
