package io.lipc.device;

import static io.lipc.device.DevicePowers.multiplyAdd;
import static io.lipc.device.DevicePowers.power;
import static io.lipc.device.DevicePowers.powerMinusOne;

/**
 * The functions as kernels for devices compute them in F64: what {@link DeviceFunctions} is in
 * floats, by the same rules. There are additions, multiplications, divisions and comparisons alone,
 * {@code a * b + c} is only written in {@link DevicePowers#multiplyAdd}, and the bounds of errors
 * hold whichever roundings are left out.
 *
 * <p>Of doubles, OpenCL (numerical compliance, Float64) rounds sums, products and quotients
 * correctly, to nearest, and keeps subnormal numbers. So a quotient needs no mending, and the
 * functions have those formulas that it makes short.
 *
 * <p>A unit below is 2^-53 of the value, which bounds what one rounding does; errors are to first
 * order, and what is stated is more by at least 2^-7 of itself, for the second. {@code
 * CountedRoundingsTest} runs this code with numbers that know all roundings before them, and sums
 * up the worst of each; {@code DeviceDoubleFunctionsTest} measures the errors with all products
 * rounded, with none, and with some.
 *
 * <p>NaN passes all comparisons to the last branch, for TornadoVM takes {@code <=} for the opposite
 * of {@code >}. An infinity gives the limit.
 */
public final class DeviceDoubleFunctions {

  private static final double UNIT = 0x1p-53;

  /** The relative error of {@link #exponential}, where the value does not underflow. */
  public static final double EXPONENTIAL_ERROR = 2.125 * UNIT;

  /** The relative error of {@link #quotient}. */
  public static final double QUOTIENT_ERROR = UNIT;

  /** {@code e^-FAR} times FAR is less than half of the least double. */
  private static final double FAR = 752;

  /** {@code e^-VANISHED} is less than 2^-63. */
  private static final double VANISHED = 44;

  /** Here tanh is 1 in double. */
  private static final double SATURATED = 20;

  /** Below -GELU_FAR, gelu is less than half of the least double, and above GELU_FAR it is t. */
  private static final double GELU_FAR = 38.75;

  /** The same of gelu_tanh. */
  private static final double GELU_TANH_FAR = 21.5625;

  private DeviceDoubleFunctions() {}

  /** {@code a / b}, which OpenCL rounds correctly, as it does {@code a + b} and {@code a b}. */
  public static double quotient(double a, double b) {
    return a / b;
  }

  /**
   * Whether it may be the constant of {@link #celu} or the temperature of {@link #exponential}:
   * neither it nor FAR times it overflows or is subnormal.
   */
  public static boolean divides(double constant) {
    return constant >= 0x1p-1000 && constant <= 0x1p1000;
  }

  /**
   * The exponential {@code e^((z - most) / temperature)} for z that are not above {@code most}: a
   * term of softmax. Its exponent is wrong by a unit for the difference and one for the quotient;
   * the rest by 2.02, as {@link DevicePowers#power} says. From e^-752 on it is 0.
   *
   * @param temperature a constant that {@link #divides}
   */
  public static double exponential(double z, double most, double temperature) {
    double below = z - most;
    return power(below < -FAR * temperature ? -FAR : quotient(below, temperature));
  }

  /**
   * The hyperbolic tangent, {@code -m / (2 + m)} with {@code m = e^-2a - 1} of {@code a = |t|}. m
   * is wrong by 2.93 units at most, which the quotient multiplies by {@code 2 / (2 + m)}; the sum
   * and the quotient add one each. The largest, where {@code e^-2a} is next to {@code sqrt(1/2)},
   * is {@code 2.93 * 1.172 + 2}, 5.44 units; near 0 there are 1.62 for m, and below {@code e^-2a =
   * 0.36} there are 1.44, times less than 2.
   */
  public static double tanh(double t) {
    double size = Math.abs(t);
    double m = powerMinusOne(-2.0 * (size > SATURATED ? SATURATED : size));
    double y = quotient(-m, 2.0 + m);
    return t < 0.0 ? -y : y;
  }

  /**
   * The logistic function {@code 1 / (1 + e^-t)}, of {@code e = e^-|t|} as {@code 1 / (1 + e)} or
   * {@code e / (1 + e)}. The latter loses 2.02 units for e, which the sum does not enlarge, one for
   * the sum and one for the quotient: 4.02; the former less, for e is a part of the sum alone.
   */
  public static double sigmoid(double t) {
    double a = Math.abs(t);
    double e = power(a > FAR ? -FAR : -a);
    return quotient(t < 0.0 ? e : 1.0, 1.0 + e);
  }

  /**
   * {@code t / (1 + e^-t)}, {@code e = e^-|t|} given: {@code t e / (1 + e)} below 0. Beside what e
   * is off by: one unit for the product, one for the sum, one for the quotient.
   */
  private static double gated(double t, double e) {
    return quotient(t < 0.0 ? t * e : t, 1.0 + e);
  }

  /** The activation silu: 2.02 units for e at most, and three as {@link #gated} says. */
  public static double silu(double t) {
    double a = Math.abs(t);
    double e = power(a > FAR ? -FAR : -a);
    return t > FAR ? t : gated(t < -FAR ? -FAR : t, e);
  }

  /**
   * The Gaussian error linear unit with tanh, {@code t s(w)} with the sigmoid s and {@code w = t (c
   * + d t^2)}. Per |t|: w is wrong by 5 units of itself at most (constants, products, the sum),
   * which adds {@code 5 |w| s(w) s(-w) <= 1.13}; the rest is {@link #gated}, of values that are
   * small below 0 and has no e in the dividend above. Summed up, the largest is 2.54, at 1.04.
   */
  public static double geluTanh(double t) {
    double size = Math.abs(t);
    double a = size > GELU_TANH_FAR ? GELU_TANH_FAR : size;
    double e = power(-a * multiplyAdd(0.07135481627260025 * a, a, 1.5957691216057308));
    return t > GELU_TANH_FAR ? t : gated(t < -GELU_TANH_FAR ? -GELU_TANH_FAR : t, e);
  }

  /**
   * The Gaussian error linear unit, as {@code max(t, 0) - a Q(a)} with {@code a = |t|} and the tail
   * Q of the normal distribution, {@code e^(-a^2 / 2)} times {@link #mills}.
   *
   * <p>Per |t|, it loses Q(a) times what Q is wrong by, and one unit of the normal distribution's
   * P(a) for the sum. Q is wrong by a^2 / 2 units for the square in the exponent, 2.02 for the
   * exponential, one for its product with {@link #mills} and one for that with a, one for the
   * quotient in mills, and what the Horner schemes there lose, which grows with a to 14 and 16.
   * Summed up, the largest is 3.63, at 0.25; that has the 0.005 of the coefficients.
   */
  public static double gelu(double t) {
    double size = Math.abs(t);
    double a = size > GELU_FAR ? GELU_FAR : size;
    double tail = power(-0.5 * a * a) * mills(a);
    return multiplyAdd(-a, tail, t > 0.0 ? t : 0.0);
  }

  /**
   * The ratio of Mills over {@code sqrt(2 pi)}, as a quotient of polynomials whose coefficients
   * minimise the largest error of the product with {@code e^(-a^2 / 2)} on [0, 8.5]: 0.0043 units
   * of 1 as rounded. Above, to GELU_FAR, it is off by less than 2^-20, where that product is less
   * than 2^-56. All are positive: nothing cancels.
   */
  private static double mills(double a) {
    double p = multiplyAdd(1.3651537139270898e-05, a, 0.00033110448351995767);
    p = multiplyAdd(p, a, 0.0037303354760435505);
    p = multiplyAdd(p, a, 0.02522182176876408);
    p = multiplyAdd(p, a, 0.1106572959013944);
    p = multiplyAdd(p, a, 0.31763091477406163);
    p = multiplyAdd(p, a, 0.5610135849013459);
    p = multiplyAdd(p, a, 0.5);
    double q = multiplyAdd(3.4219438265473865e-05, a, 0.0008299503653417759);
    q = multiplyAdd(q, a, 0.009384919819058752);
    q = multiplyAdd(q, a, 0.06404947507134429);
    q = multiplyAdd(q, a, 0.2866852968584934);
    q = multiplyAdd(q, a, 0.8574973411339388);
    q = multiplyAdd(q, a, 1.66712975750261);
    q = multiplyAdd(q, a, 1.919911730605557);
    q = multiplyAdd(q, a, 1.0);
    return quotient(p, q);
  }

  /**
   * The softplus {@code max(t, 0) + log(1 + e)} with {@code e = e^-|t|}, and {@code log(1 + e) = 2
   * s + s^3 R(s^2)} with {@code s = e / (2 + e)}, at most 1/3; {@link #rest} of degree 9 has the
   * least largest error, 0.017 units. Near e = 0 there are 2.02 units for e, one for the sum, one
   * for the quotient and one for the sum behind the exact 2 s: 5.03, and the last sum is exact
   * below 0. Above, and where e is not small, there is less: s changes by {@code 2 / (2 + e)} of
   * what e does, the sum 2 + e by a part of itself, and t has no error.
   */
  public static double softplus(double t) {
    double a = Math.abs(t);
    double e = power(a > FAR ? -FAR : -a);
    double s = quotient(e, 2.0 + e);
    double square = s * s;
    return (t > 0.0 ? t : 0.0) + multiplyAdd(s * square, rest(square), 2.0 * s);
  }

  /** {@code (2 artanh(s) - 2 s) / s^3} of the square of s, up to 1/9. */
  private static double rest(double square) {
    double r = multiplyAdd(0.17017121575339633, square, 0.08340936665718209);
    r = multiplyAdd(r, square, 0.12105881332218718);
    r = multiplyAdd(r, square, 0.1330100159450698);
    r = multiplyAdd(r, square, 0.15386557591951242);
    r = multiplyAdd(r, square, 0.18181744046168039);
    r = multiplyAdd(r, square, 0.22222223965845536);
    r = multiplyAdd(r, square, 0.2857142854792645);
    r = multiplyAdd(r, square, 0.40000000000156544);
    return multiplyAdd(r, square, 0.6666666666666631);
  }

  /**
   * The activation mish, of {@code e = e^-|t|}: below 0 {@code t n / (n + 2)} with {@code n = e (e
   * + 2)}, above {@code t n / (n + 2 e^2)} with {@code n = 1 + 2 e}. Below 0, 2.02 units for e,
   * which nothing enlarges, two for n, one for the other sum, one for the product with t and one
   * for the quotient: 7.02. Above it is less: {@code 2 e^2} is not the larger term, and n has one.
   */
  public static double mish(double t) {
    double a = Math.abs(t);
    double e = power(a > FAR ? -FAR : -a);
    double n = t > 0.0 ? multiplyAdd(2.0, e, 1.0) : e * (e + 2.0);
    double d = t > 0.0 ? multiplyAdd(2.0 * e, e, n) : n + 2.0;
    double x = t < -FAR ? -FAR : t;
    return t > FAR ? t : quotient(x * n, d);
  }

  /** From -VANISHED to 0, where t is not outside. */
  private static double below(double t) {
    return t < -VANISHED ? -VANISHED : t > 0.0 ? 0.0 : t;
  }

  /** The exponential linear unit: below 0, 2.93 for {@code e^t - 1}, and a product. */
  public static double elu(double t, double alpha) {
    return t > 0.0 ? t : alpha * powerMinusOne(below(t));
  }

  /**
   * The continuous exponential linear unit. Below 0 and for {@code z = t / alpha} above -0.34 it is
   * {@code t + t z q(z)}, so that no small quotient is lost; there the second term is less than
   * 0.19 of the value, and wrong by a unit of z, one of each product and what q has, and one unit
   * is for the sum. Below that, one unit is z's, which {@code -z e^z / (1 - e^z)} multiplies, less
   * than 0.85, 2.93 are of {@code e^z - 1}, and one is the product's: 4.77.
   *
   * @param alpha a constant that {@link #divides}
   */
  public static double celu(double t, double alpha) {
    double z = t < -VANISHED * alpha ? -VANISHED : t > 0.0 ? 0.0 : quotient(t, alpha);
    double far = alpha * powerMinusOne(z);
    double y = z > -0.34 ? multiplyAdd(t * z, DevicePowers.second(z), t) : far;
    return t > 0.0 ? t : y;
  }

  /**
   * The scaled exponential linear unit: its constants are wrong by 0.35 and 0.08 units, so 4.01
   * below 0.
   */
  public static double selu(double t) {
    return t > 0.0 ? 1.0507009873554805 * t : 1.7580993408473768 * powerMinusOne(below(t));
  }

  /** The softsign {@code t / (1 + |t|)}: one unit for the sum, one for the quotient. */
  public static double softsign(double t) {
    double y = quotient(t, 1.0 + Math.abs(t));
    return t > 1e300 ? 1.0 : t < -1e300 ? -1.0 : y;
  }

  /** {@code min(max(t + 3, 0), 6) / 6}: the sum, the product, and half a unit for 1/6. */
  public static double hardSigmoid(double t) {
    double y = (t + 3.0) * 0.16666666666666666;
    return t < -3.0 ? 0.0 : t > 3.0 ? 1.0 : y;
  }

  /** {@code t min(max(t + 3, 0), 6) / 6}: as {@link #hardSigmoid}, and a product. */
  public static double hardSwish(double t) {
    double y = t * ((t + 3.0) * 0.16666666666666666);
    return t < -3.0 ? 0.0 : t > 3.0 ? t : y;
  }
}
