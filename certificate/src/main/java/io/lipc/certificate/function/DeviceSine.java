package io.lipc.certificate.function;

import static io.lipc.certificate.function.DeviceFunctions.multiplyAdd;

import io.lipc.certificate.function.Curve.Accuracy;

/**
 * The sine as kernels for devices compute it, in floats alone, for all floats.
 *
 * <p>What counts is {@code t / (2 pi)} without its whole part (Payne and Hanek, 1983). 1 / (2 pi)
 * is a sum of thirteen numbers of 12 bits, down to 2^-158, and t one of two of 12 bits: their
 * products are floats, so whole parts can be left out exactly, one by one. Of what remains of each,
 * the multiples of 2^-12 are added without rounding, and what is finer, below 2^-13, apart. It
 * matters to none of these steps whether products are rounded before they are added: see {@link
 * DeviceFunctions}.
 */
public final class DeviceSine {

  /** Errors are of 1, not of the value: see {@link #sin}. */
  static final Accuracy SIN = new Accuracy(0, 0, 4.5 * 0x1p-24);

  /** What t is multiplied by, and 1 / (2 pi) divided by, so that nothing overflows. */
  private static final float SCALE = 0x1p-60f;

  /** Below it the sine is t, but for 0.2 units of 2^-24 of it. */
  private static final float SMALL = 0x1p-12f;

  private static final float TWO_PI = 6.2831855f;

  /** The parts of 1 / (2 pi). */
  private static final float P0 = 2607 * 0x1p46f;

  private static final float P1 = 2435 * 0x1p34f;
  private static final float P2 = 1764 * 0x1p22f;
  private static final float P3 = 3652 * 0x1p10f;
  private static final float P4 = 338 * 0x1p-2f;
  private static final float P5 = 2556 * 0x1p-14f;
  private static final float P6 = 629 * 0x1p-26f;
  private static final float P7 = 2001 * 0x1p-38f;
  private static final float P8 = 3923 * 0x1p-50f;
  private static final float P9 = 1245 * 0x1p-62f;
  private static final float P10 = 3085 * 0x1p-74f;
  private static final float P11 = 2914 * 0x1p-86f;
  private static final float P12 = 2393 * 0x1p-98f;

  /** Adding it to a number from -2^22 to 2^23 rounds that to a whole number. */
  private static final float TO_WHOLE = 0x1.8p23f;

  /** Adding it to a number below 2^10 rounds that to a multiple of 2^-12. */
  private static final float TO_GRID = 0x1.8p11f;

  private DeviceSine() {}

  /**
   * The sine of t in radians. The turns are wrong by less than 2^-30 for what is left out of 1 / (2
   * pi) and by 2^-28 for the sum of 26 numbers below 2^-13: 0.5 units of 1 in the sine. Beyond a
   * quarter, {@code 1/2 - v} is exact. The angle, below 1.592, has a rounding for the sum of its
   * coarse and its fine part, half a unit in the constant, and a rounding of the product. They move
   * the sine by {@code 2.5 r cos(r)} units of 1, at most 1.41, and less near {@code pi / 2}, where
   * {@code r + r^3 P(r^2)}, P of degree 4, loses 0.43 units of 1 in its coefficients, 0.57 for each
   * of r^2, r^3 and the product, 0.6 for P, and half a unit for the sum. That is 3.3 there, and
   * everywhere less than 3.8 with the angle.
   *
   * @return NaN of NaN and of infinities
   */
  public static float sin(float t) {
    float scaled = t * SCALE;
    // The first 12 bits of t: 4096 t is exact, and t + 4096 t is rounded to 24 bits.
    float shifted = scaled * 4096f;
    float high = (scaled + shifted) - shifted;
    float low = scaled - high;
    float coarse = coarseTurns(high, low);
    float v = coarse - whole(coarse);
    float fine = fineTurns(high, low);
    float turns = v > 0.25f ? (0.5f - v) - fine : v < -0.25f ? (-0.5f - v) - fine : v + fine;
    float r = TWO_PI * turns;
    float s = r * r;
    float p = multiplyAdd(-2.3814707e-08f, s, 2.7520737e-06f);
    p = multiplyAdd(p, s, -0.00019840765f);
    p = multiplyAdd(p, s, 0.00833333f);
    p = multiplyAdd(p, s, -0.16666667f);
    return Math.abs(t) < SMALL ? t : multiplyAdd(r * s, p, r);
  }

  /** A whole number: the next one to t from -2^22 to 2^22, up to 2^23 perhaps another near it. */
  private static float whole(float t) {
    return (t + TO_WHOLE) - TO_WHOLE;
  }

  /** The product of 12 bits by 12 without a whole number; NaN of NaN. From 2^23 on it is whole. */
  private static float fraction(float a, float b) {
    float p = a * b;
    float size = Math.abs(p);
    float rest = size < 0x1p23f ? size - whole(size) : p - p;
    return p < 0f ? -rest : rest;
  }

  /** Of that, the next multiple of 2^-12. */
  private static float coarse(float a, float b) {
    return (fraction(a, b) + TO_GRID) - TO_GRID;
  }

  /** And what is left, exactly. */
  private static float fine(float a, float b) {
    return fraction(a, b) - coarse(a, b);
  }

  private static float coarseTurns(float high, float low) {
    return coarse(high, P0)
        + coarse(low, P0)
        + coarse(high, P1)
        + coarse(low, P1)
        + coarse(high, P2)
        + coarse(low, P2)
        + coarse(high, P3)
        + coarse(low, P3)
        + coarse(high, P4)
        + coarse(low, P4)
        + coarse(high, P5)
        + coarse(low, P5)
        + coarse(high, P6)
        + coarse(low, P6)
        + coarse(high, P7)
        + coarse(low, P7)
        + coarse(high, P8)
        + coarse(low, P8)
        + coarse(high, P9)
        + coarse(low, P9)
        + coarse(high, P10)
        + coarse(low, P10)
        + coarse(high, P11)
        + coarse(low, P11)
        + coarse(high, P12)
        + coarse(low, P12);
  }

  private static float fineTurns(float high, float low) {
    return fine(high, P0)
        + fine(low, P0)
        + fine(high, P1)
        + fine(low, P1)
        + fine(high, P2)
        + fine(low, P2)
        + fine(high, P3)
        + fine(low, P3)
        + fine(high, P4)
        + fine(low, P4)
        + fine(high, P5)
        + fine(low, P5)
        + fine(high, P6)
        + fine(low, P6)
        + fine(high, P7)
        + fine(low, P7)
        + fine(high, P8)
        + fine(low, P8)
        + fine(high, P9)
        + fine(low, P9)
        + fine(high, P10)
        + fine(low, P10)
        + fine(high, P11)
        + fine(low, P11)
        + fine(high, P12)
        + fine(low, P12);
  }
}
