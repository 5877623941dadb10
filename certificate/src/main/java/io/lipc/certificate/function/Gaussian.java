package io.lipc.certificate.function;

/**
 * Functions of the normal distribution, hence of the error function, which Java does not have.
 *
 * <p>With the density {@code p(t) = e^(-t^2/2) / sqrt(2 pi)} and the tail {@code Q(t) = p(t) M(t)}
 * for t >= 0, where M is the ratio of Mills: no difference of near numbers is ever taken, so the
 * relative error of Q is that of p and M.
 */
public final class Gaussian {

  /**
   * The relative error of the computed values of Q and gelu, with {@code u = 2^-53}: e^(-t^2/2) is
   * made of the rounded square h and its error l as {@code e^(-h/2) (1 - l/2)}, wrong by 2 u for
   * exp, 2 for the sum and the product, and {@code l^2 < u}; the constant and its product add 2 u,
   * M at most 36 u, the product of the two 1 u; gelu adds at most 2. In all less than 48 u;
   * measured: 4 u.
   */
  static final double RELATIVE_ERROR = 0x1.8p-48;

  private static final double INVERSE_ROOT_TWO_PI = 0.3989422804014327;

  /** Beyond it e^(-t^2/2) is below 2^-1100. */
  private static final double FAR = 40;

  private Gaussian() {}

  /** {@code e^(-t^2/2) / sqrt(2 pi)}. */
  static double density(double t) {
    if (Math.abs(t) > FAR) {
      return 0;
    }
    double square = t * t;
    double rest = Math.fma(t, t, -square);
    return INVERSE_ROOT_TWO_PI * (StrictMath.exp(-square / 2) * (1 - rest / 2));
  }

  /** The probability of more than t, for t >= 0. */
  static double tail(double t) {
    return t > FAR ? 0 : density(t) * MillsRatio.at(t);
  }

  /**
   * The Gaussian error linear unit {@code t P(t)} with the normal distribution P: {@code t (1 +
   * erf(t / sqrt 2)) / 2}.
   */
  public static double gelu(double t) {
    if (t < -FAR) {
      return -0.0;
    }
    return t < 0 ? t * tail(-t) : t * (1 - tail(t));
  }

  static double slopeOfGelu(double t) {
    if (Math.abs(t) > FAR) {
      return t < 0 ? 0 : 1;
    }
    return (t < 0 ? tail(-t) : 1 - tail(t)) + t * density(t);
  }
}
