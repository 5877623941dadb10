package io.lipc.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Short decimals for messages, rounded in the direction in which they stay true. */
public final class Decimals {

  private static final int DIGITS = 4;

  private Decimals() {}

  /**
   * Rounds up to four significant digits, never below the exact value of the double: {@code 1.371}
   * for the double nearest to 1.37, which is a little larger than 1.37.
   */
  public static String up(double value) {
    return render(value, RoundingMode.CEILING);
  }

  /** Rounds down to four significant digits, never above {@code value}. */
  public static String down(double value) {
    return render(value, RoundingMode.FLOOR);
  }

  /** The exact decimal that a user would have written for this double: {@code 2.0}, {@code 0.1}. */
  public static String plain(double value) {
    return Double.toString(value);
  }

  private static String render(double value, RoundingMode mode) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, mode));
    if (rounded.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = rounded.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    boolean readable = exponent >= -4 && exponent < 9;
    if (readable) {
      return stripped
          .setScale(Math.max(stripped.scale(), 0), RoundingMode.UNNECESSARY)
          .toPlainString();
    }
    // BigDecimal.toString keeps small numbers plain down to 1e-6, which are hard to read.
    return stripped.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
