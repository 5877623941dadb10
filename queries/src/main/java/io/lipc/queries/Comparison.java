package io.lipc.queries;

import java.util.Arrays;
import java.util.Optional;

/** The comparisons of atoms. */
public enum Comparison {
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">="),
  EQUAL("=="),
  UNEQUAL("!=");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  /** The sign of the standard, such as {@code <=}. */
  public String sign() {
    return sign;
  }

  static Optional<Comparison> of(String sign) {
    return Arrays.stream(values()).filter(each -> each.sign.equals(sign)).findFirst();
  }
}
