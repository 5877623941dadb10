package io.lipc.certificate.function;

/**
 * Functions of exponentials.
 *
 * <p>With {@code u = 2^-53}: an operation of IEEE 754 is rounded by at most u, exp, expm1 and log1p
 * are within an ulp, so 2 u, and tanh within 2.5 (specification of {@link Math}; fdlibm, which
 * {@link StrictMath} is, says the same). StrictMath gives the same bits on every machine; tanh,
 * sigmoid and silu are Math's, as they are in generated code. Where exp underflows or overflows, a
 * value is lost whose magnitude is below 2^-1000. The counts of roundings below say by how many u a
 * value is wrong, relatively, to first order; eight or less are 2^-50.
 */
public final class Exponentials {

  /** Beyond it {@code t / (1 + e^-t)} and its like are within 2^-1000 of 0. */
  private static final double VANISHED = -800;

  /** The double nearest to {@code 1.0507009873554804934193349852946}. */
  static final double SELU_SCALE = 1.0507009873554805;

  /** The double nearest to {@code 1.0507009873554804... * 1.6732632423543772...}. */
  static final double SELU_SCALE_ALPHA = 1.7580993408473768;

  /** {@code 2 sqrt(2 / pi)}. */
  private static final double GELU_LINEAR = 1.5957691216057308;

  /** {@code 2 sqrt(2 / pi) 0.044715}. */
  private static final double GELU_CUBIC = 0.07135481627260025;

  /** Beyond it gelu_tanh is within 2^-1000 of 0 or t. */
  private static final double GELU_FAR = 50;

  private Exponentials() {}

  static double slopeOfTanh(double t) {
    double y = Math.tanh(t);
    return (1 - y) * (1 + y);
  }

  /**
   * The logistic function {@code 1 / (1 + e^-t)}. Four roundings: exp, whose error the sum does not
   * enlarge, the sum, the quotient.
   */
  public static double sigmoid(double t) {
    return 1 / (1 + Math.exp(-t));
  }

  static double slopeOfSigmoid(double t) {
    return sigmoid(t) * sigmoid(-t);
  }

  /** The activation silu, {@code t / (1 + e^-t)}. Four roundings, as the sigmoid. */
  public static double silu(double t) {
    return t < VANISHED ? -0.0 : t / (1 + Math.exp(-t));
  }

  static double slopeOfSilu(double t) {
    double outside = Math.abs(t) > -VANISHED ? 0 : t * sigmoid(-t);
    return sigmoid(t) * (1 + outside);
  }

  /**
   * The softplus {@code log(1 + e^t)} as {@code max(t, 0) + log(1 + e^-|t|)}, where nothing
   * cancels. Six roundings: exp, whose error log1p does not enlarge ({@code y <= (1 + y) log(1 +
   * y)}), log1p, and the sum of two numbers that are not negative.
   */
  public static double softplus(double t) {
    return Math.max(t, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(t)));
  }

  static double slopeOfSoftplus(double t) {
    return strictSigmoid(t);
  }

  /**
   * The exponential linear unit: {@code alpha (e^t - 1)} below 0. Three roundings: expm1 and the
   * product.
   */
  public static double elu(double t, double alpha) {
    return t > 0 ? t : alpha * StrictMath.expm1(t);
  }

  static double slopeOfElu(double t, double alpha) {
    return t > 0 ? 1 : alpha * StrictMath.exp(t);
  }

  /**
   * The continuous exponential linear unit: {@code alpha (e^(t / alpha) - 1)} below 0. Four
   * roundings: the quotient, whose error expm1 does not enlarge ({@code |z| e^z <= 1 - e^z} for z
   * below 0), expm1 and the product.
   */
  public static double celu(double t, double alpha) {
    return t > 0 ? t : alpha * StrictMath.expm1(t / alpha);
  }

  static double slopeOfCelu(double t, double alpha) {
    return t > 0 ? 1 : StrictMath.exp(t / alpha);
  }

  /** The scaled exponential linear unit. Four roundings: the constant, expm1 and the product. */
  public static double selu(double t) {
    return t > 0 ? SELU_SCALE * t : SELU_SCALE_ALPHA * StrictMath.expm1(t);
  }

  static double slopeOfSelu(double t) {
    return t > 0 ? SELU_SCALE : SELU_SCALE_ALPHA * StrictMath.exp(t);
  }

  /**
   * {@code t s(w)} with the sigmoid s and {@code w = 2 sqrt(2 / pi) (t + 0.044715 t^3)}, where
   * nothing cancels, instead of the tanh that is -1 + 2 s(w).
   *
   * <p>No term of {@code w / t} is negative, and w has five roundings. They change s(w) by the
   * factor {@code 1 + 5 u |w| s(-w)}, exp, the sum, the quotient add four; and {@code |w| s(w)
   * s(-w) <= 0.225}. Together less than {@code 6 u |t|} is lost: see {@link Curve.Accuracy}.
   */
  public static double geluTanh(double t) {
    return t < -GELU_FAR ? -0.0 : t / (1 + StrictMath.exp(-geluArgument(t)));
  }

  static double geluArgument(double t) {
    return t * (GELU_LINEAR + GELU_CUBIC * (t * t));
  }

  static double slopeOfGeluTanh(double t) {
    if (Math.abs(t) > GELU_FAR) {
      return t < 0 ? 0 : 1;
    }
    double w = geluArgument(t);
    double inner = GELU_LINEAR + 3 * GELU_CUBIC * (t * t);
    return strictSigmoid(w) * (1 + t * inner * strictSigmoid(-w));
  }

  private static double strictSigmoid(double t) {
    return 1 / (1 + StrictMath.exp(-t));
  }

  /**
   * {@code t tanh(log(1 + e^t))}. With {@code p = e^t} and {@code n = p (p + 2)} it is {@code t n /
   * (n + 2)}, with {@code q = e^-t} it is {@code t (1 + 2 q) / (1 + 2 q + 2 q^2)}: nothing cancels.
   * Eight for t below 0: p has 2, p + 2 then 5/3, n 14/3; the sum does not enlarge that, the
   * quotient and the product add two, the sum one. Seven above: 1 + 2 q has 7/3, 2 q^2 has 5, of
   * which 2/5 reach the quotient; the sum, the quotient and the product add three.
   */
  public static double mish(double t) {
    if (t < VANISHED) {
      return -0.0;
    }
    if (t > 0) {
      double q = StrictMath.exp(-t);
      double numerator = 1 + 2 * q;
      return t * (numerator / (numerator + 2 * (q * q)));
    }
    double n = mishSquare(t);
    return t * (n / (n + 2));
  }

  /** {@code (1 + e^t)^2 - 1}. */
  private static double mishSquare(double t) {
    double p = StrictMath.exp(t);
    return p * (p + 2);
  }

  /** {@code T + t (1 - T^2) s(t)}, where T is the tanh of above and s the sigmoid. */
  static double slopeOfMish(double t) {
    if (Math.abs(t) > -VANISHED) {
      return t < 0 ? 0 : 1;
    }
    if (t > 0) {
      double q = StrictMath.exp(-t);
      double a = 1 + 2 * q;
      double b = a + 2 * (q * q);
      return a / b + t * (2 * (q * q) * (a + b) / (b * b)) / (1 + q);
    }
    double n = mishSquare(t);
    return n / (n + 2) + t * (4 * (n + 1) / ((n + 2) * (n + 2))) * strictSigmoid(t);
  }
}
