package io.lipc.queries;

import java.math.BigDecimal;

/**
 * Exponents of numbers, which the reader adds to the grammar. By the grammar {@code 1e5} is the
 * number 1 and the name {@code e5}, and {@code 1e-5} is 1, {@code e} and -5. An exponent is
 * therefore read and written only where no such name is declared.
 */
final class Exponent {

  /** The most zeros that a number without an exponent has before its digits or behind them. */
  private static final int ZEROS = 20;

  /** The most characters of a number beside its digits and zeros: a sign and an exponent. */
  private static final int AROUND = 8;

  private Exponent() {}

  /** The part of a number that the grammar reads as a name; empty if there is no exponent. */
  static String name(String number) {
    int start = Math.max(number.indexOf('e'), number.indexOf('E'));
    if (start < 0) {
      return "";
    }
    int sign = Math.max(number.indexOf('-', start), number.indexOf('+', start));
    return sign < 0 ? number.substring(start) : number.substring(start, sign);
  }

  /** The canonical text of a number without trailing zeros. */
  static String text(BigDecimal number, Names names) {
    return isShorter(number, names)
        ? number.unscaledValue() + part(number)
        : number.toPlainString();
  }

  /** A size that {@link #text} does not exceed: few operations give it, however long that is. */
  static int mostCharacters(BigDecimal number, Names names) {
    int zeros = isShorter(number, names) ? 0 : zeros(number);
    return number.precision() + zeros + AROUND;
  }

  private static boolean isShorter(BigDecimal number, Names names) {
    return zeros(number) > ZEROS && !names.isDeclared(name(part(number)));
  }

  /** The zeros before the digits or behind them, in the form without an exponent. */
  private static int zeros(BigDecimal number) {
    return Math.max(0, Math.max(-number.scale(), number.scale() - number.precision()));
  }

  private static String part(BigDecimal number) {
    return "e" + -number.scale();
  }
}
