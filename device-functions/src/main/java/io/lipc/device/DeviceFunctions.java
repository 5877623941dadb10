package io.lipc.device;

/**
 * The functions as kernels for devices compute them: in floats alone, by additions,
 * multiplications, divisions and comparisons, so that no driver's own function has a part in a
 * result.
 *
 * <p>Compilers for devices may round a product and the sum that it goes into once instead of twice,
 * here and not there. So no step may rely on a product that is rounded, or on one that is not:
 * {@code a * b + c} is only written in {@link #multiplyAdd}, and the bounds of errors, above each
 * method, count all roundings. One that is not done is one less. Where a step is exact, so is its
 * product, and then both ways give the same. OpenCL lets a quotient of floats be wrong by 2.5 units
 * in the last place; {@link #quotient} mends that.
 *
 * <p>A unit below is 2^-24 of the value, which bounds what one rounding does; errors are to first
 * order, and what is stated is more by at least 2^-7 of itself, for the second. That holds where
 * subnormal numbers are kept. {@code DeviceFunctionsTest} measures the errors with all products
 * rounded, with none, and with some: at all floats with {@code -Dlipc.exhaustive=true}.
 *
 * <p>NaN passes all comparisons to the last branch, for TornadoVM takes {@code <=} for the opposite
 * of {@code >}. An infinity gives the limit.
 */
public final class DeviceFunctions {

  private static final double UNIT = 0x1p-24;

  /** The relative error of {@link #exponential}, where the value does not underflow. */
  public static final double EXPONENTIAL_ERROR = 2.25 * UNIT;

  /** The relative error of {@link #quotient}. */
  public static final double QUOTIENT_ERROR = 2.125 * UNIT;

  /** {@code e^-FAR} times FAR is less than half of the least float. */
  private static final float FAR = 112;

  /** {@code e^-VANISHED} is less than 2^-34. */
  private static final float VANISHED = 24;

  /** Here tanh is 1 in float. */
  private static final float SATURATED = 10;

  /** Below -GELU_FAR, gelu is less than half of the least float, and above GELU_FAR it is t. */
  private static final float GELU_FAR = 14.875f;

  /** The same of gelu_tanh. */
  private static final float GELU_TANH_FAR = 10.875f;

  private static final float LOG2_E = 1.442695f;

  /** The first 15 bits of log 2: up to 2^9 times it is a float. */
  private static final float LOG_2_HIGH = 0.69314575f;

  private static final float LOG_2_LOW = 1.4286068e-06f;

  /** Adding it to a number below 2^22 rounds that to a whole number. */
  private static final float ROUNDER = 0x1.8p23f;

  private DeviceFunctions() {}

  /** {@code a b + c}, with one rounding or with two. */
  static float multiplyAdd(float a, float b, float c) {
    return a * b + c;
  }

  /**
   * {@code a / b}, for b of magnitudes from 2^-126 to 2^126, where neither the quotient nor a few
   * units more than a overflow.
   *
   * <p>The first quotient q is wrong by five units of itself at most. The rest {@code a - q b} is
   * so a difference of near numbers, exact but for the product, which is wrong by a unit of a at
   * most. What it is divided by b with matters in the second order only, so the sum is wrong by two
   * units: one for the rest, one for its own rounding. Where the rest or the quotient underflows,
   * 2^-146 and {@code 2^-149 / |b|} are lost besides.
   */
  public static float quotient(float a, float b) {
    float q = a / b;
    return q + multiplyAdd(-q, b, a) / b;
  }

  /**
   * Whether {@link #quotient} may have a constant for its divisor, of {@code |a / b| <= 112}: from
   * 2^-100 on, what underflows is below 2^-45 of 1, and up to 2^119, all such a are below 2^126.
   * OpenCL says nothing of divisors above 2^126, and some devices give 0.
   */
  public static boolean divides(double constant) {
    return constant >= 0x1p-100 && constant <= 0x1p119;
  }

  /**
   * The whole number next to {@code x / log 2}, for x of magnitudes up to 162. It is one of {@code
   * |x / log 2 - k| <= 1/2 + 2^-15}.
   */
  private static float nearest(float x) {
    return multiplyAdd(x, LOG2_E, ROUNDER) - ROUNDER;
  }

  /**
   * {@code r = x - k log 2} for {@link #nearest} k: {@code |r| < 0.347}. k has 8 bits, so its
   * product with LOG_2_HIGH is exact; the difference is a multiple of 2^-25 below 1/2, or x itself,
   * so a float. LOG_2_LOW and its product, below 2^-12, add less than 2^-11 of a unit to the
   * rounding of r: together 0.3475 units of 1, and none where k is 0.
   */
  private static float reduced(float x, float k) {
    return multiplyAdd(-k, LOG_2_LOW, multiplyAdd(-k, LOG_2_HIGH, x));
  }

  /**
   * {@code e^r - 1 = r + r^2 q(r)} for {@code |r| < 0.347}; q has the least largest error of degree
   * 4, 0.27 units of {@code e^r - 1} with its rounded coefficients. The Horner scheme loses 0.57
   * units of 1 at -0.347 and 0.72 at 0.347, which r^2 multiplies; {@code q r}, its product with r
   * and the sum lose a unit each: 0.47 units of 1 at -0.347, 0.64 at 0.347, so 1.6 units of the
   * value at most, and 1.9 in all.
   */
  private static float nearZero(float r) {
    return multiplyAdd(second(r) * r, r, r);
  }

  /** {@code (e^r - 1 - r) / r^2} for {@code |r| < 0.347}. */
  private static float second(float r) {
    float q = multiplyAdd(0.0013946582f, r, 0.008366659f);
    q = multiplyAdd(q, r, 0.04166628f);
    q = multiplyAdd(q, r, 0.16666542f);
    return multiplyAdd(q, r, 0.5f);
  }

  /** {@code y 2^-j} for whole j from 0 to 63, where that is not below the least normal number. */
  private static float halved(float y, float j) {
    float j16 = j < 32f ? j : j - 32f;
    float j8 = j16 < 16f ? j16 : j16 - 16f;
    float j4 = j8 < 8f ? j8 : j8 - 8f;
    float j2 = j4 < 4f ? j4 : j4 - 4f;
    float j1 = j2 < 2f ? j2 : j2 - 2f;
    float high = (j < 32f ? 1f : 0x1p-32f) * (j16 < 16f ? 1f : 0x1p-16f);
    float middle = (j8 < 8f ? 1f : 0x1p-8f) * (j4 < 4f ? 1f : 0x1p-4f);
    float low = (j2 < 2f ? 1f : 0x1p-2f) * (j1 < 1f ? 1f : 0x1p-1f);
    return y * (high * middle * low);
  }

  /**
   * {@code e^x} for x in [-113, 0], as {@code 2^k (1 + (e^r - 1))}: of e^r, 0.347 units for r, 0.7
   * for {@link #nearZero} without its first 0.27, 0.11 for those, and one for the sum: 2.2 in all.
   * Powers of two change nothing, but for one rounding where the value is subnormal: the last
   * factor of those that are not 1 is the one that underflows.
   */
  static float power(float x) {
    float k = nearest(x);
    float y = 1f + nearZero(reduced(x, k));
    float j = k < -127f ? -64f - k : -k;
    float small = halved(y, j < 64f ? j : j - 64f);
    return small * (j < 64f ? 1f : 0x1p-64f) * (k < -127f ? 0x1p-64f : 1f);
  }

  /**
   * {@code e^x - 1} for x in [-VANISHED, 0], as {@code 2^k (e^r - 1) + (2^k - 1)}, whose product
   * and second term are exact, the latter from k = -24 on but for less than a unit of 2^-25. For k
   * = 0 it is {@link #nearZero}, wrong by 1.9 units. For k = -1 the value is at most -0.293, and it
   * has half of 1.24 units of 1: 2.12 units, and one for the sum. For smaller k it is less.
   */
  private static float powerMinusOne(float x) {
    float k = nearest(x);
    float scale = halved(1f, -k);
    return multiplyAdd(scale, nearZero(reduced(x, k)), scale - 1f);
  }

  /**
   * The exponential {@code e^((z - most) / temperature)} for z that are not above {@code most}: a
   * term of softmax. Its exponent is wrong by a unit for the difference, and by those of {@link
   * #quotient}. From e^-112 on it is 0.
   *
   * @param temperature a constant that {@link #divides}
   */
  public static float exponential(float z, float most, float temperature) {
    float below = z - most;
    return power(below < -FAR * temperature ? -FAR : quotient(below, temperature));
  }

  /**
   * The hyperbolic tangent. Below 1 it is {@code a + a^3 P(a^2)}, P of degree 6 with the least
   * largest error: at 1, 0.47 units of 1 with its rounded coefficients. There a^2 and a^3 lose 0.24
   * each, P 0.55, its product 0.24, the sum half a unit: 2.3 of 0.76, so 3 units of the value, and
   * less below. From 1 on it is {@code 1 - 2e / (1 + e)} with {@code e = e^-2a}: the quotient is
   * 0.24 at most, wrong by 2 units for e, one for the sum and two for its own: 1.2 units of 1, and
   * half a one for the difference, of 0.76.
   */
  public static float tanh(float t) {
    float size = Math.abs(t);
    float a = size > SATURATED ? SATURATED : size;
    float e = power(-2f * a);
    float s = a * a;
    float p = multiplyAdd(-0.00031634845f, s, 0.0021589436f);
    p = multiplyAdd(p, s, -0.0077585713f);
    p = multiplyAdd(p, s, 0.021365821f);
    p = multiplyAdd(p, s, -0.053840686f);
    p = multiplyAdd(p, s, 0.13331766f);
    p = multiplyAdd(p, s, -0.3333327f);
    float y = a < 1f ? multiplyAdd(a * s, p, a) : 1f - quotient(2f * e, 1f + e);
    return t < 0f ? -y : y;
  }

  /**
   * The logistic function {@code 1 / (1 + e^-t)}, of {@code e = e^-|t|} as {@code 1 / (1 + e)} or
   * {@code e / (1 + e)}. The former loses {@code 2.25 e / (1 + e)} units for e, one for the sum,
   * two for the quotient: {@code (3 + 2.25 e / (1 + e)) / (1 + e)} units of 1, at most 3. The
   * latter loses {@code e / (1 + e)} times less than 5.25.
   */
  public static float sigmoid(float t) {
    float a = Math.abs(t);
    float e = power(a > FAR ? -FAR : -a);
    return quotient(t < 0f ? e : 1f, 1f + e);
  }

  /**
   * {@code t / (1 + e^-t)}, {@code e = e^-|t|} given: {@code t e / (1 + e)} below 0. Beside what e
   * is off by: one unit for the product, one for the sum, two for the quotient.
   */
  private static float gated(float t, float e) {
    return quotient(t < 0f ? t * e : t, 1f + e);
  }

  /** The activation silu: 2.25 units for e at most, and four as {@link #gated} says. */
  public static float silu(float t) {
    float a = Math.abs(t);
    float e = power(a > FAR ? -FAR : -a);
    return t > FAR ? t : gated(t < -FAR ? -FAR : t, e);
  }

  /**
   * The Gaussian error linear unit with tanh, {@code t s(w)} with the sigmoid s and {@code w = t (c
   * + d t^2)}. Per |t|: w is wrong by 5 units of itself (two of constants and products, one for the
   * sum, one for the product with t, one for the second product), which adds {@code 5 |w| s(w)
   * s(-w) <= 1.13}. Below 0 there are {@code s(w) <= 1/2} times {@code 4 + 2.25 / (1 + e)},
   * together less than 3.7; above 0, {@code s(w) (3 + 2.25 e / (1 + e))}, together less than 3.9.
   */
  public static float geluTanh(float t) {
    float size = Math.abs(t);
    float a = size > GELU_TANH_FAR ? GELU_TANH_FAR : size;
    float e = power(-a * multiplyAdd(0.071354814f * a, a, 1.5957692f));
    return t > GELU_TANH_FAR ? t : gated(t < -GELU_TANH_FAR ? -GELU_TANH_FAR : t, e);
  }

  /**
   * The Gaussian error linear unit, as {@code max(t, 0) - a Q(a)} with {@code a = |t|} and the tail
   * Q of the normal distribution, {@code e^(-a^2 / 2)} times {@link #mills}.
   *
   * <p>Per |t|, it loses Q(a) times what Q is wrong by, and one unit of the normal distribution's
   * P(a) for the sum. Q is wrong by a^2 / 2 units for the square in the exponent, 2.25 for the
   * exponential, one for its product with {@link #mills} and one for that with a, two for the
   * quotient in mills, and what the Horner schemes there lose: one unit each for every product, sum
   * and coefficient, of the size that it has at a. Summed up at the multiples of 1/1000, the
   * largest is 4.73, at 0.16.
   */
  public static float gelu(float t) {
    float size = Math.abs(t);
    float a = size > GELU_FAR ? GELU_FAR : size;
    float tail = power(-0.5f * a * a) * mills(a);
    return multiplyAdd(-a, tail, t > 0f ? t : 0f);
  }

  /** The ratio of Mills over {@code sqrt(2 pi)}, as {@code FloatFunctions} has it. */
  private static float mills(float a) {
    float p = multiplyAdd(0.0008892618f, a, 0.011640604f);
    p = multiplyAdd(p, a, 0.07129658f);
    p = multiplyAdd(p, a, 0.25054294f);
    p = multiplyAdd(p, a, 0.5075035f);
    p = multiplyAdd(p, a, 0.5f);
    float q = multiplyAdd(0.0022290514f, a, 0.02917848f);
    q = multiplyAdd(q, a, 0.18094866f);
    q = multiplyAdd(q, a, 0.6570973f);
    q = multiplyAdd(q, a, 1.4475641f);
    q = multiplyAdd(q, a, 1.8128916f);
    q = multiplyAdd(q, a, 1f);
    return quotient(p, q);
  }

  /**
   * The softplus {@code max(t, 0) + log(1 + e)} with {@code e = e^-|t|}, and {@code log(1 + e) = e
   * + e^2 Q(e)}, Q of degree 9 with the least largest error, 0.08 units. At e = 1, the logarithm,
   * 0.69, loses 1.13 units of 1 for e, 0.31 for e^2, 0.31 for the product, 1.71 for Q, and 0.5 for
   * the sum: less than 5.9 units of itself; near 0 it has 2.25 for e and one for the sum. One more
   * is for the last sum.
   */
  public static float softplus(float t) {
    float a = Math.abs(t);
    float e = power(a > FAR ? -FAR : -a);
    float q = multiplyAdd(0.0020729483f, e, -0.013631484f);
    q = multiplyAdd(q, e, 0.041981366f);
    q = multiplyAdd(q, e, -0.08307407f);
    q = multiplyAdd(q, e, 0.12467122f);
    q = multiplyAdd(q, e, -0.16129336f);
    q = multiplyAdd(q, e, 0.19897932f);
    q = multiplyAdd(q, e, -0.24988578f);
    q = multiplyAdd(q, e, 0.3333269f);
    q = multiplyAdd(q, e, -0.49999988f);
    return (t > 0f ? t : 0f) + multiplyAdd(e * e, q, e);
  }

  /**
   * The activation mish, of {@code e = e^-|t|}: below 0 {@code t n / (n + 2)} with {@code n = e (e
   * + 2)}, above {@code t n / (n + 2 e^2)} with {@code n = 1 + 2 e}. Below 0, 2.25 units for e,
   * which nothing enlarges, two for n, one for the other sum, one for the product with t and two
   * for the quotient: 8.25. Above it is less: {@code 2 e^2} is not the larger term, and n has one.
   */
  public static float mish(float t) {
    float a = Math.abs(t);
    float e = power(a > FAR ? -FAR : -a);
    float n = t > 0f ? multiplyAdd(2f, e, 1f) : e * (e + 2f);
    float d = t > 0f ? multiplyAdd(2f * e, e, n) : n + 2f;
    float x = t < -FAR ? -FAR : t;
    return t > FAR ? t : quotient(x * n, d);
  }

  /** From -VANISHED to 0, where t is not outside. */
  private static float below(float t) {
    return t < -VANISHED ? -VANISHED : t > 0f ? 0f : t;
  }

  /** The exponential linear unit: below 0, {@link #powerMinusOne} and a product. */
  public static float elu(float t, float alpha) {
    return t > 0f ? t : alpha * powerMinusOne(below(t));
  }

  /**
   * The continuous exponential linear unit. Below 0 and for {@code z = t / alpha} above -0.34 it is
   * {@code t + t z q(z)}, so that no small quotient is lost; there the second term is less than
   * 0.19 of the value, and wrong by two units of z, one of each product and one of q, and one unit
   * is for the sum. Below that, two units are z's, which nothing enlarges, 3.2 are of {@link
   * #powerMinusOne}, and one is the product's.
   *
   * @param alpha a constant that {@link #divides}
   */
  public static float celu(float t, float alpha) {
    float z = t < -VANISHED * alpha ? -VANISHED : t > 0f ? 0f : quotient(t, alpha);
    float far = alpha * powerMinusOne(z);
    float y = z > -0.34f ? multiplyAdd(t * z, second(z), t) : far;
    return t > 0f ? t : y;
  }

  /** The scaled exponential linear unit: its constants are wrong by 0.56 and 0.23 units. */
  public static float selu(float t) {
    return t > 0f ? 1.050701f * t : 1.7580993f * powerMinusOne(below(t));
  }

  /** The softsign {@code t / (1 + |t|)}: one unit for the sum, two for the quotient. */
  public static float softsign(float t) {
    float y = quotient(t, 1f + Math.abs(t));
    return t > 1e30f ? 1f : t < -1e30f ? -1f : y;
  }

  /** {@code min(max(t + 3, 0), 6) / 6}: the sum, the product, and half a unit for 1/6. */
  public static float hardSigmoid(float t) {
    float y = (t + 3f) * 0.16666667f;
    return t < -3f ? 0f : t > 3f ? 1f : y;
  }

  /** {@code t min(max(t + 3, 0), 6) / 6}: as {@link #hardSigmoid}, and a product. */
  public static float hardSwish(float t) {
    float y = t * ((t + 3f) * 0.16666667f);
    return t < -3f ? 0f : t > 3f ? t : y;
  }
}
