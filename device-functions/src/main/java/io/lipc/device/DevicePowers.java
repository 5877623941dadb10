package io.lipc.device;

/**
 * Powers of e in doubles, as kernels for devices compute them: what the functions of {@link
 * DeviceDoubleFunctions} are made of, and by the rules that stand there. Errors are in units of
 * 2^-53; none of an argument is counted.
 */
final class DevicePowers {

  private static final double LOG2_E = 1.4426950408889634;

  /** The first 42 bits of log 2: up to 2^11 times it is a double. */
  private static final double LOG_2_HIGH = 0x1.62e42fefa38p-1;

  private static final double LOG_2_LOW = 5.497923018708371e-14;

  /** Adding it to a number below 2^51 rounds that to a whole number. */
  private static final double ROUNDER = 0x1.8p52;

  private DevicePowers() {}

  /** {@code a b + c}, with one rounding or with two. */
  static double multiplyAdd(double a, double b, double c) {
    return a * b + c;
  }

  /**
   * The whole number next to {@code x / log 2}, for x of magnitudes up to 752. The product is off
   * by less than 2^-41, so it is one of {@code |x / log 2 - k| <= 1/2 + 2^-41}.
   */
  private static double nearest(double x) {
    return multiplyAdd(x, LOG2_E, ROUNDER) - ROUNDER;
  }

  /**
   * {@code r = x - k log 2} for {@link #nearest} k: {@code |r| < 0.347}. k has 11 bits, so its
   * product with LOG_2_HIGH is exact; the difference is a multiple of 2^-54 below 1/2, or x itself,
   * so a double. LOG_2_LOW and its product, below 2^-33, add less than 2^-30 of a unit to the
   * rounding of r: together 0.3475 units of 1, and none where k is 0. A compiler that finds x to be
   * a product may fuse that one instead: then this difference is rounded, by a unit of r, and x is
   * not, by one of x, which is not less.
   */
  private static double reduced(double x, double k) {
    return multiplyAdd(-k, LOG_2_LOW, multiplyAdd(-k, LOG_2_HIGH, x));
  }

  /**
   * {@code e^r - 1 = r + r^2 q(r)} for {@code |r| < 0.347}; q has the least largest error of degree
   * 10, 0.0064 units of {@code e^r - 1} with its rounded coefficients. The Horner scheme loses 0.58
   * units of 1 at -0.347 and 0.71 at 0.347, which r^2 multiplies; {@code q r}, its product with r
   * and the sum lose a unit each: 0.47 units of 1 at -0.347, 0.64 at 0.347, so 1.62 units of the
   * value at most. Where r^2 underflows, it is less than 2^-60 of r.
   */
  private static double nearZero(double r) {
    return multiplyAdd(second(r) * r, r, r);
  }

  /** {@code (e^r - 1 - r) / r^2} for {@code |r| < 0.347}. */
  static double second(double r) {
    double q = multiplyAdd(2.092370879351562e-09, r, 2.510898431207156e-08);
    q = multiplyAdd(q, r, 2.7557245745365845e-07);
    q = multiplyAdd(q, r, 2.755724436742447e-06);
    q = multiplyAdd(q, r, 2.4801587355916046e-05);
    q = multiplyAdd(q, r, 0.0001984126988595756);
    q = multiplyAdd(q, r, 0.0013888888888870241);
    q = multiplyAdd(q, r, 0.008333333333321705);
    q = multiplyAdd(q, r, 0.04166666666666669);
    q = multiplyAdd(q, r, 0.16666666666666677);
    return multiplyAdd(q, r, 0.5);
  }

  /** {@code y 2^-j} for whole j from 0 to 511, where that is not below the least normal number. */
  private static double halved(double y, double j) {
    double j128 = j < 256.0 ? j : j - 256.0;
    double j64 = j128 < 128.0 ? j128 : j128 - 128.0;
    double j32 = j64 < 64.0 ? j64 : j64 - 64.0;
    double high = (j < 256.0 ? 1.0 : 0x1p-256) * (j128 < 128.0 ? 1.0 : 0x1p-128);
    double low = (j64 < 64.0 ? 1.0 : 0x1p-64) * (j32 < 32.0 ? 1.0 : 0x1p-32);
    return y * (high * low * halvedLess(j32 < 32.0 ? j32 : j32 - 32.0));
  }

  /** {@code 2^-j} for whole j from 0 to 31. */
  private static double halvedLess(double j) {
    double j8 = j < 16.0 ? j : j - 16.0;
    double j4 = j8 < 8.0 ? j8 : j8 - 8.0;
    double j2 = j4 < 4.0 ? j4 : j4 - 4.0;
    double j1 = j2 < 2.0 ? j2 : j2 - 2.0;
    double high = (j < 16.0 ? 1.0 : 0x1p-16) * (j8 < 8.0 ? 1.0 : 0x1p-8);
    double middle = (j4 < 4.0 ? 1.0 : 0x1p-4) * (j2 < 2.0 ? 1.0 : 0x1p-2);
    return high * middle * (j1 < 1.0 ? 1.0 : 0x1p-1);
  }

  /**
   * {@code e^x} for x in [-752, 0], as {@code 2^k (1 + (e^r - 1))}: of e^r, 0.3475 units for r,
   * 0.67 for {@link #nearZero}, and one for the sum: 2.02 in all. Powers of two change nothing, but
   * for one rounding where the value is subnormal: the last factor of those that are not 1 is the
   * one that underflows. The least is {@code 2^-1085}.
   */
  static double power(double x) {
    double k = nearest(x);
    double y = 1.0 + nearZero(reduced(x, k));
    double j = k < -1023.0 ? -512.0 - k : -k;
    double small = halved(y, j < 512.0 ? j : j - 512.0);
    return small * (j < 512.0 ? 1.0 : 0x1p-512) * (k < -1023.0 ? 0x1p-512 : 1.0);
  }

  /**
   * {@code e^x - 1} for x in [-44, 0], as {@code 2^k (e^r - 1) + (2^k - 1)}, whose product and
   * second term are exact, but for half a unit of the latter where k is below -53. For k = 0 it is
   * {@link #nearZero}, wrong by 1.62 units. For k = -1 the value is at most -0.292, and it has half
   * of 0.3475 and of 0.64 units of 1, the former times {@code e^r <= 1.42}: less than 1.94 units of
   * itself, and one for the sum. For smaller k it is less.
   */
  static double powerMinusOne(double x) {
    double k = nearest(x);
    double scale = halved(1.0, -k);
    return multiplyAdd(scale, nearZero(reduced(x, k)), scale - 1.0);
  }
}
