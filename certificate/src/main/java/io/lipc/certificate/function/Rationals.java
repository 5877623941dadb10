package io.lipc.certificate.function;

/** Functions of sums, products and quotients; each operation is rounded once, by 2^-53. */
public final class Rationals {

  private Rationals() {}

  /** The softsign {@code t / (1 + |t|)}: all terms have one sign, so there are two roundings. */
  public static double softsign(double t) {
    return Double.isInfinite(t) ? Math.copySign(1, t) : t / (1 + Math.abs(t));
  }

  static double slopeOfSoftsign(double t) {
    double denominator = 1 + Math.abs(t);
    return 1 / denominator / denominator;
  }

  /**
   * The piecewise linear sigmoid {@code min(max(t + 3, 0), 6) / 6}: t is exact, so the sum has one
   * rounding, also near -3.
   */
  public static double hardSigmoid(double t) {
    return Math.min(Math.max(t + 3, 0), 6) / 6;
  }

  static double slopeOfHardSigmoid(double t) {
    return Double.isNaN(t) ? t : t > -3 && t < 3 ? 1.0 / 6 : 0;
  }

  /**
   * The piecewise swish {@code t hardSigmoid(t)}: three roundings between -3 and 3, none elsewhere.
   */
  public static double hardSwish(double t) {
    return t <= -3 ? 0 : t >= 3 ? t : t * (t + 3) / 6;
  }

  static double slopeOfHardSwish(double t) {
    return t <= -3 ? 0 : t >= 3 ? 1 : t / 3 + 0.5;
  }
}
