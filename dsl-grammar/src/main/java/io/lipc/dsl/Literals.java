package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser.NumberContext;
import java.util.Optional;

/** The values of literals. */
final class Literals {

  private static final int SHOWN = 40;

  /** More digits than any int has; leading zeros aside, longer texts need no arithmetic. */
  private static final int MAX_DIGITS = 18;

  private Literals() {}

  /** The nearest double; infinite where the number is larger than all of them. */
  static double number(NumberContext number) {
    return Double.parseDouble(number.getText());
  }

  /** The value of decimal digits with an optional sign; empty where no int has it. */
  static Optional<Integer> whole(String text) {
    boolean negative = text.startsWith("-");
    String digits = text.replaceFirst("^[+-]?0*", "");
    if (digits.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    long magnitude = digits.isEmpty() ? 0 : Long.parseLong(digits);
    long value = negative ? -magnitude : magnitude;
    return value == (int) value ? Optional.of((int) value) : Optional.empty();
  }

  /** A part of a text as messages quote it: between backquotes, which it cannot end. */
  static String shortened(String text) {
    String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return cut.replace("`", "\\u0060");
  }
}
