package io.lipc.certifier.problem;

/** Doubles of few significant bits, of which exact arithmetic is quick. */
public final class ShortNumber {

  private ShortNumber() {}

  /** {@code value} rounded to so many significant bits; the value itself where that overflows. */
  public static double of(double value, int bits) {
    int shift = bits - 1 - Math.getExponent(value);
    double scaled = Math.scalb(value, shift);
    return Double.isFinite(scaled) ? Math.scalb(Math.rint(scaled), -shift) : value;
  }
}
