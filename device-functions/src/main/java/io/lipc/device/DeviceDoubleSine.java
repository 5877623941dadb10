package io.lipc.device;

import static io.lipc.device.DevicePowers.multiplyAdd;

/**
 * Sine and cosine as kernels for devices compute them in F64, for all doubles: what {@link
 * DeviceSine} is in floats, by the same rules. Both functions are wrong by 3.625 units of 2^-53 of
 * the value at most, for what {@link #angle} and {@link #sineOfQuarter} lose, and by 2^-57.
 */
public final class DeviceDoubleSine {

  private static final long HALF = DeviceTurns.TURN / 2;

  private static final long QUARTER = DeviceTurns.TURN / 4;

  private static final double HALF_PI = 1.5707963267948966;

  /** {@code pi / 2} in parts of 2^-60, 31 bits and 30. */
  private static final long HALF_PI_HIGH = 1_686_629_713L;

  private static final long HALF_PI_LOW = 70_064_199L;

  private DeviceDoubleSine() {}

  /**
   * The sine of t in radians. Up to 1 no turns are left out, and the angle is t.
   *
   * @return NaN of NaN and of infinities
   */
  public static double sin(double t) {
    double size = Math.abs(t);
    long turns = turns(size);
    double y = wave(turns, size > 1 ? angle(turns) : size, size);
    return t < 0 ? -y : y;
  }

  /**
   * The cosine of t in radians, as the sine of a quarter turn more. Up to 1 the angle r is {@code
   * pi / 2 - |t|}, above 0.57. A unit of r for the difference and 0.56 of 1 for the constant move
   * it, which adds {@code 0.56 cot r} units to what {@link #sineOfQuarter} counts: at most 3.5
   * still.
   *
   * @return NaN of NaN and of infinities
   */
  public static double cos(double t) {
    double size = Math.abs(t);
    long turns = (turns(size) + QUARTER) & (DeviceTurns.TURN - 1);
    return wave(turns, size > 1 ? angle(turns) : HALF_PI - size, size);
  }

  /** Up to 1, and of NaN, those of 1; of infinity, those of the largest double. */
  private static long turns(double size) {
    return DeviceTurns.of(size > 1 ? size > Double.MAX_VALUE ? Double.MAX_VALUE : size : 1);
  }

  /** The sine, where {@link #turns} and {@link #angle} are these; {@code size} says if it is. */
  @SuppressWarnings("IdentityBinaryExpression") // NaN of infinity.
  private static double wave(long turns, double angle, double size) {
    double y = sineOfQuarter(size > Double.MAX_VALUE ? size - size : angle);
    return turns < HALF ? y : -y;
  }

  /**
   * The angle of the first quarter that has the same sine but for its sign, in radians: in parts of
   * 2^-60 that is {@code pi / 2} times the turns. No sum is beyond 2^62. Left out are less than a
   * part for the product of the two low numbers, one for the shift and half of one for the
   * constant; {@link DeviceTurns} leaves out 1.5 parts of 2^-62 of a turn, which are 2.4 of these.
   * Together that is less than 5 parts, and 2^-57 is 8. Of the two numbers of 31 bits and 30, only
   * the sum is rounded, and no product is the angle: see {@link DeviceSine}.
   */
  private static double angle(long turns) {
    long half = turns & (HALF - 1);
    long quarter = half < QUARTER ? half : HALF - half;
    long high = quarter >> 30;
    long low = quarter & 0x3fffffffL;
    long radians = high * HALF_PI_HIGH + ((high * HALF_PI_LOW + low * HALF_PI_HIGH) >> 30);
    int coarse = (int) (radians >> 30);
    int fine = (int) (radians & 0x3fffffffL);
    return multiplyAdd(fine, 0x1p-60, coarse * 0x1p-30);
  }

  /**
   * The sine of r from 0 to {@code pi / 2}, as {@code r + r^3 P(r^2)}, P of degree 7 with the least
   * largest error, 0.05 units of the value with its rounded coefficients. Roundings are counted as
   * in {@link DeviceSine}: added up at the multiples of 1/1000 and at {@code pi / 2}, the largest
   * is 3.5, the last.
   */
  private static double sineOfQuarter(double r) {
    double s = r * r;
    double p = multiplyAdd(2.7211748692461325e-15, s, -7.6429914784564e-13);
    p = multiplyAdd(p, s, 1.6058939705381892e-10);
    p = multiplyAdd(p, s, -2.5052106872789438e-08);
    p = multiplyAdd(p, s, 2.7557319211137097e-06);
    p = multiplyAdd(p, s, -0.00019841269841209218);
    p = multiplyAdd(p, s, 0.008333333333333194);
    p = multiplyAdd(p, s, -0.16666666666666666);
    double y = multiplyAdd(r * s, p, r);
    return y > 1 ? 1 : y;
  }
}
