package io.lipc.linalg;

/**
 * The left side of a product.
 *
 * @param entries its rows, or its columns
 * @param turned whether they are columns: coefficient (i, k) stands at {@code [k][i]}
 * @param sign 1 or -1, which multiplies every coefficient
 */
record Coefficients(double[][] entries, boolean turned, double sign) {

  static Coefficients of(double[][] a) {
    return new Coefficients(a, false, 1);
  }

  static Coefficients negative(double[][] a) {
    return new Coefficients(a, false, -1);
  }

  /** The coefficients of {@code A'}. */
  static Coefficients transposed(double[][] a) {
    return new Coefficients(a, true, 1);
  }

  /** The coefficients of {@code -A'}. */
  static Coefficients negativeTransposed(double[][] a) {
    return new Coefficients(a, true, -1);
  }

  double at(int i, int k) {
    return sign * (turned ? entries[k][i] : entries[i][k]);
  }
}
