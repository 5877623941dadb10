package io.lipc.certificate.function;

import io.lipc.certificate.function.Curve.Accuracy;

/**
 * The functions as code in F32 computes them: fast, and a little less than rounded correctly.
 *
 * <p>None of them branches, reads a table or looks into the bits of a number, so that the just-in-
 * time compiler puts many elements of a loop into one register. An exponential is therefore no
 * power of two times a polynomial, but a Taylor polynomial near 0, in doubles, squared again and
 * again: {@code e^x = (e^(x / 2^12))^(2^12)}. Each operation is one of IEEE 754, as is {@link
 * Math#fma}: all machines give the same bits. NaN gives NaN, an infinity the limit.
 *
 * <p>How far they are from the real functions at most has been measured at <em>all</em> finite
 * floats, by {@code FloatFunctionsTest} with {@code -Dlipc.exhaustive=true}, against the same
 * functions in doubles, whose errors are below 2^-46 of the values. That run is the proof. It found
 * 4.99 units of tanh, 2.90 of sigmoid, 1.002 or less of the others, where a unit is 2^-24 of the
 * value, of the least normal float where the value is below, and of 1 for sigmoid; rounding alone
 * is 1. The constants state a little more.
 */
public final class FloatFunctions {

  private static final double UNIT = 0x1p-24;

  /**
   * The relative error of all functions here except {@link #tanh} and {@link #sigmoid}, for values
   * that do not underflow.
   */
  public static final double RELATIVE_ERROR = 1.0625 * UNIT;

  /** Half of the least positive float. */
  private static final double HALF_LEAST = 0x1p-150;

  /** The accuracy of {@link #tanh}. */
  static final Accuracy TANH = new Accuracy(5.5 * UNIT, 0, 5.5 * HALF_LEAST);

  /**
   * The accuracy of {@link #sigmoid}: not relative to the value, which may be 0 where the real one
   * is not.
   */
  static final Accuracy SIGMOID = new Accuracy(0, 0, 3 * UNIT);

  /**
   * The accuracy of all others: they have an error below 2^-28 when they are rounded to a float.
   */
  static final Accuracy ROUNDED = new Accuracy(RELATIVE_ERROR, 0, 1.0625 * HALF_LEAST);

  /** {@code e^-FAR} times FAR is less than half of the least float. */
  private static final float FAR = 112;

  /** {@code e^-VANISHED} is less than 2^-34. */
  private static final float VANISHED = 24;

  /** Here the quotient of {@link #tanh} is 1, and nowhere below is it more. */
  private static final float SATURATED = 7.880077f;

  /** The value of gelu at -GELU_FAR is less than half of the least float, as of all below. */
  private static final float GELU_FAR = 14.875f;

  /** The same of gelu_tanh. */
  private static final float GELU_TANH_FAR = 10.875f;

  private FloatFunctions() {}

  /**
   * The hyperbolic tangent in F32, as {@code t P(t^2) / Q(t^2)}, where P and Q, with the constant
   * 1, minimise the largest relative error on [0, 8.1], 2^-31.2; small arguments are their own
   * values.
   */
  public static float tanh(float t) {
    float x = Math.max(-SATURATED, Math.min(SATURATED, t));
    float s = x * x;
    float p = -1.4361284e-11f;
    p = Math.fma(p, s, 3.3352002e-08f);
    p = Math.fma(p, s, 2.912143e-05f);
    p = Math.fma(p, s, 0.0039226743f);
    p = Math.fma(p, s, 0.1372309f);
    p = Math.fma(p, s, 1);
    float q = 1.3662901e-06f;
    q = Math.fma(q, s, 0.00040350322f);
    q = Math.fma(q, s, 0.027444093f);
    q = Math.fma(q, s, 0.47056425f);
    q = Math.fma(q, s, 1);
    return x * (p / q);
  }

  /** The logistic function {@code 1 / (1 + e^-t)} in F32, as {@code (1 + tanh(t / 2)) / 2}. */
  public static float sigmoid(float t) {
    return Math.fma(0.5f, tanh(0.5f * t), 0.5f);
  }

  /** The exponential {@code e^t} in F32, for softmax, whose arguments are quotients in doubles. */
  public static float exp(double t) {
    return (float) power(Math.max(-FAR, Math.min(FAR, t)));
  }

  /** The activation silu in F32: {@code t / (1 + e^-t)}. */
  public static float silu(float t) {
    double e = power(-Math.max(-FAR, Math.min(FAR, t)));
    return (float) (Math.max(-FAR, t) / (1 + e));
  }

  /**
   * The activation mish in F32, as {@code t n / (n + 2)} with {@code n = e^t (e^t + 2)}, where
   * nothing cancels.
   */
  public static float mish(float t) {
    double e = power(Math.max(-FAR, Math.min(FAR, t)));
    double n = e * (e + 2);
    return (float) (Math.max(-FAR, t) * (n / (n + 2)));
  }

  /**
   * The Gaussian error linear unit with tanh, in F32, computed as {@link Exponentials#geluTanh}
   * does.
   */
  public static float geluTanh(float t) {
    double x = Math.max(-GELU_TANH_FAR, Math.min(GELU_TANH_FAR, t));
    double e = power(-Exponentials.geluArgument(x));
    return (float) (Math.max(-GELU_TANH_FAR, t) / (1 + e));
  }

  /**
   * The Gaussian error linear unit in F32, as {@code max(t, 0) - a Q(a)} with {@code a = |t|} and
   * the tail Q of the normal distribution, as in {@link Gaussian}.
   */
  public static float gelu(float t) {
    double a = Math.min(Math.abs(t), GELU_FAR);
    return (float) (Math.max(t, -0.0f) - a * (power(-0.5 * (a * a)) * mills(a)));
  }

  /**
   * The ratio of Mills over {@code sqrt(2 pi)}, as a quotient of polynomials whose coefficients
   * minimise the largest relative error on [0, 14.6], 2^-33.4. All are positive: nothing cancels.
   */
  private static double mills(double a) {
    double p = 0.0008892617843344381;
    p = Math.fma(p, a, 0.011640603933125528);
    p = Math.fma(p, a, 0.07129658321991998);
    p = Math.fma(p, a, 0.25054293548616197);
    p = Math.fma(p, a, 0.5075034925066064);
    p = Math.fma(p, a, 0.49999999995803995);
    double q = 0.0022290515033391153;
    q = Math.fma(q, a, 0.029178480561258952);
    q = Math.fma(q, a, 0.18094866226995585);
    q = Math.fma(q, a, 0.6570972706587953);
    q = Math.fma(q, a, 1.4475641628533373);
    q = Math.fma(q, a, 1.8128915378146853);
    q = Math.fma(q, a, 1);
    return p / q;
  }

  /**
   * The softplus {@code log(1 + e^t)} in F32, as {@code max(t, 0) + log(1 + e^-|t|)}, which does
   * not overflow.
   */
  public static float softplus(float t) {
    double e = power(-Math.min(Math.abs(t), FAR));
    return (float) (Math.max(t, 0) + logOfOnePlus(e));
  }

  /**
   * {@code 2 artanh(y / (2 + y))} for y in [0, 1]: nine terms of the series {@code s + s^3 / 3 +
   * s^5 / 5 + ...} at s up to 1/3. The terms that are left out are less than 2^-32 of the sum.
   */
  private static double logOfOnePlus(double y) {
    double s = y / (2 + y);
    double square = s * s;
    double sum = 2.0 / 17;
    sum = Math.fma(sum, square, 2.0 / 15);
    sum = Math.fma(sum, square, 2.0 / 13);
    sum = Math.fma(sum, square, 2.0 / 11);
    sum = Math.fma(sum, square, 2.0 / 9);
    sum = Math.fma(sum, square, 2.0 / 7);
    sum = Math.fma(sum, square, 2.0 / 5);
    sum = Math.fma(sum, square, 2.0 / 3);
    sum = Math.fma(sum, square, 2);
    return s * sum;
  }

  /**
   * The exponential linear unit in F32: {@code t} for {@code t > 0}, else {@code alpha (e^t - 1)};
   * adding -0.0 changes nothing.
   */
  public static float elu(float t, float alpha) {
    double below = alpha * powerMinusOne(Math.max(-VANISHED, Math.min(t, 0)));
    return (float) (Math.max(t, -0.0f) + below);
  }

  /**
   * The continuous exponential linear unit in F32: {@code t} for {@code t > 0}, else {@code alpha
   * (e^(t / alpha) - 1)}.
   */
  public static float celu(float t, float alpha) {
    double below = alpha * powerMinusOne(Math.max(-VANISHED, Math.min(t, 0) / (double) alpha));
    return (float) (Math.max(t, -0.0f) + below);
  }

  /** The scaled exponential linear unit in F32, computed as {@link Exponentials#selu} does. */
  public static float selu(float t) {
    double below =
        Exponentials.SELU_SCALE_ALPHA * powerMinusOne(Math.max(-VANISHED, Math.min(t, 0)));
    return (float) (Exponentials.SELU_SCALE * Math.max(t, -0.0f) + below);
  }

  /**
   * {@code e^x} for {@code |x| <= FAR}: Taylor's polynomial of degree 6 at {@code z = x / 2^12},
   * squared 12 times. It leaves out less than {@code e^|z| |z|^7 / 7! < 2^-48.5}, relatively, and
   * is rounded by less than 2^-52, as each square is; after 12 squares, each of which doubles what
   * is wrong, less than {@code 2^-36.5 + 2^-39} is.
   */
  private static double power(double x) {
    double z = x * 0x1p-12;
    double p = 1.0 / 720;
    p = Math.fma(p, z, 1.0 / 120);
    p = Math.fma(p, z, 1.0 / 24);
    p = Math.fma(p, z, 1.0 / 6);
    p = Math.fma(p, z, 0.5);
    p = Math.fma(p, z, 1);
    p = Math.fma(p, z, 1);
    return squareThrice(squareThrice(squareThrice(squareThrice(p))));
  }

  /** Written out: loops in a loop are not put into vectors. */
  private static double squareThrice(double p) {
    double second = p * p;
    double fourth = second * second;
    return fourth * fourth;
  }

  /**
   * {@code e^x - 1} for x in [-VANISHED, 0]: Taylor's polynomial of degree 5 at {@code z = x /
   * 2^9}, without its 1, and nine times {@code q (q + 2) = (1 + q)^2 - 1}. It leaves out less than
   * {@code |z|^5 / 6! / (1 - |z|) < 2^-31} of the value. For q in [-1, 0] a step multiplies a
   * relative error by {@code (1 + q) / (1 + q / 2) <= 1} and adds two roundings.
   */
  private static double powerMinusOne(double x) {
    double z = x * 0x1p-9;
    double p = 1.0 / 120;
    p = Math.fma(p, z, 1.0 / 24);
    p = Math.fma(p, z, 1.0 / 6);
    p = Math.fma(p, z, 0.5);
    p = Math.fma(p, z, 1);
    return squareShiftedThrice(squareShiftedThrice(squareShiftedThrice(p * z)));
  }

  private static double squareShiftedThrice(double q) {
    double second = q * (q + 2);
    double fourth = second * (second + 2);
    return fourth * (fourth + 2);
  }
}
