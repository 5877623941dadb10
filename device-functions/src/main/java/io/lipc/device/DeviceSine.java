package io.lipc.device;

import static io.lipc.device.DeviceFunctions.multiplyAdd;

/**
 * Sine and cosine as kernels for devices compute them, for all floats: see {@link DeviceFunctions}
 * for what they may be made of. Here there are whole numbers besides, of {@code int} and {@code
 * long}, which no compiler rounds. None of them is negative and none overflows: TornadoVM writes
 * {@code >>} for {@code >>>}, and C leaves the overflow of signed numbers open. Floats become
 * {@code int} alone, as TornadoVM makes that of a {@code long} as well, and only below 2^24; what
 * is behind the point is cut off.
 *
 * <p>Both functions are wrong by 3.625 units of 2^-24 of the value at most, for what {@link #angle}
 * and {@link #sineOfQuarter} lose, and by 2^-38, for what {@link #turns} loses.
 */
public final class DeviceSine {

  /** A turn, as {@link #turns} has it. */
  private static final long TURN = 1L << 48;

  private static final long FRACTION = TURN - 1;

  private static final long HALF = TURN / 2;

  private static final long QUARTER = TURN / 4;

  private static final float HALF_PI = 1.5707964f;

  /** {@code pi / 2} in parts of 2^-38, to 2^-40 of itself. */
  private static final long HALF_PI_38 = 431_777_206_545L;

  /** The bits of {@code 2^-23 / (2 pi)} behind the point, sixteen at a time. */
  private static final int C0 = 0x0000;

  private static final int C1 = 0x0051;
  private static final int C2 = 0x7cc1;
  private static final int C3 = 0xb727;
  private static final int C4 = 0x220a;
  private static final int C5 = 0x94fe;
  private static final int C6 = 0x13ab;
  private static final int C7 = 0xe8fa;
  private static final int C8 = 0x9a6e;
  private static final int C9 = 0xe06d;
  private static final int C10 = 0xb14a;
  private static final int C11 = 0xcc9e;

  private DeviceSine() {}

  /**
   * The sine of t in radians. Up to 1 no turns are left out, and the angle is t.
   *
   * @return NaN of NaN and of infinities
   */
  public static float sin(float t) {
    float size = Math.abs(t);
    long turns = turns(size);
    float y = wave(turns, size > 1f ? angle(turns) : size, size);
    return t < 0f ? -y : y;
  }

  /**
   * The cosine of t in radians, as the sine of a quarter turn more. Up to 1 the angle r is {@code
   * pi / 2 - |t|}, above 0.57. A unit of r for the difference and 0.74 of 1 for the constant move
   * it, which adds {@code 0.74 cot r} units to what {@link #sineOfQuarter} counts: at most 3.55
   * still.
   *
   * @return NaN of NaN and of infinities
   */
  public static float cos(float t) {
    float size = Math.abs(t);
    long turns = (turns(size) + QUARTER) & FRACTION;
    return wave(turns, size > 1f ? angle(turns) : HALF_PI - size, size);
  }

  /** The sine, where {@link #turns} and {@link #angle} are these; {@code size} says if it is. */
  @SuppressWarnings("IdentityBinaryExpression") // NaN of infinity.
  private static float wave(long turns, float angle, float size) {
    float y = sineOfQuarter(size > Float.MAX_VALUE ? size - size : angle);
    return turns < HALF ? y : -y;
  }

  /**
   * The turns that an angle of {@code size} is beyond whole ones, {@code size / (2 pi)}, in parts
   * of 2^-48 (Payne and Hanek, 1983). Up to 1, and of NaN, they are those of 1; of infinity, those
   * of the largest float.
   *
   * <p>{@code size = 2^16q d} with {@code 1 <= d < 2^16}, and {@code m = 2^23 d} is whole, below
   * 2^39. So turns are m times {@code 2^16q 2^-23 / (2 pi)}, of which the first q times 16 bits
   * make whole turns. With the next five, w0 to w4, each product is below 2^55. What is left out is
   * below m 2^-80, hence below 2^-41 of a turn; each shift to the right leaves out less than 2^-48.
   * With what {@link #angle} leaves out, that is less than 2^-38 in radians, and in the sine.
   */
  private static long turns(float size) {
    float a = size > 1f ? size > Float.MAX_VALUE ? Float.MAX_VALUE : size : 1f;
    float b = a < 0x1p64f ? a : a * 0x1p-64f;
    float c = b < 0x1p32f ? b : b * 0x1p-32f;
    float d = c < 0x1p16f ? c : c * 0x1p-16f;
    int u0 = a < 0x1p64f ? C0 : C4;
    int u1 = a < 0x1p64f ? C1 : C5;
    int u2 = a < 0x1p64f ? C2 : C6;
    int u3 = a < 0x1p64f ? C3 : C7;
    int u4 = a < 0x1p64f ? C4 : C8;
    int u5 = a < 0x1p64f ? C5 : C9;
    int u6 = a < 0x1p64f ? C6 : C10;
    int u7 = a < 0x1p64f ? C7 : C11;
    int v0 = b < 0x1p32f ? u0 : u2;
    int v1 = b < 0x1p32f ? u1 : u3;
    int v2 = b < 0x1p32f ? u2 : u4;
    int v3 = b < 0x1p32f ? u3 : u5;
    int v4 = b < 0x1p32f ? u4 : u6;
    int v5 = b < 0x1p32f ? u5 : u7;
    int w0 = c < 0x1p16f ? v0 : v1;
    int w1 = c < 0x1p16f ? v1 : v2;
    int w2 = c < 0x1p16f ? v2 : v3;
    int w3 = c < 0x1p16f ? v3 : v4;
    int w4 = c < 0x1p16f ? v4 : v5;
    int whole = (int) d;
    int parts = (int) ((d - whole) * 0x1p23f);
    long m = ((long) whole << 23) + parts;
    long first = (m * w0) & 0xffffL;
    long second = ((first << 16) + m * w1) & 0xffffffffL;
    long third = (second << 16) + m * w2;
    long rest = (m * w3 + ((m * w4) >> 16)) >> 16;
    return (third + rest) & FRACTION;
  }

  /**
   * The angle of the first quarter that has the same sine but for its sign, in radians: in parts of
   * 2^-46 that is {@code pi / 2} times the turns. No product is beyond 2^62, and both leave out
   * less than 2^-45. Of the two numbers of 24 bits, which are floats, only the sum is rounded.
   *
   * <p>A product that were the angle might be rounded where it is squared and not where it is added
   * to its cube, which moves the sum by 1.57 units more.
   */
  private static float angle(long turns) {
    long half = turns & (HALF - 1);
    long quarter = half < QUARTER ? half : HALF - half;
    long most = ((quarter >> 23) * HALF_PI_38) >> 15;
    long radians = most + (((quarter & 0x7fffffL) * HALF_PI_38) >> 38);
    int high = (int) (radians >> 24);
    int low = (int) (radians & 0xffffffL);
    return multiplyAdd(low, 0x1p-46f, high * 0x1p-22f);
  }

  /**
   * The sine of r from 0 to {@code pi / 2}, as {@code r + r^3 P(r^2)}, P of degree 3 with the least
   * largest error, 0.104 units of the value with its rounded coefficients.
   *
   * <p>Of the value, a unit of r moves it by {@code r cot r} units. {@code r - sin r} of it are the
   * second term: wrong by a unit for r^2, one for r^3, one for the product, and by what the Horner
   * scheme loses, one unit for each product and sum: 1.28 at most. One unit is that of the sum.
   * Added up at the multiples of 1/1000 and at {@code pi / 2}, the largest is 3.55, the last. No
   * sine is beyond 1, so what is cut off there is all error.
   */
  private static float sineOfQuarter(float r) {
    float s = r * r;
    float p = multiplyAdd(2.6060957e-06f, s, -0.00019809777f);
    p = multiplyAdd(p, s, 0.008333069f);
    p = multiplyAdd(p, s, -0.1666666f);
    float y = multiplyAdd(r * s, p, r);
    return y > 1f ? 1f : y;
  }
}
