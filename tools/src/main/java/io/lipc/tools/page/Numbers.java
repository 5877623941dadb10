package io.lipc.tools.page;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as pages write them, the same in every locale. */
final class Numbers {

  private Numbers() {}

  /** A share in percent, to a tenth, never more than it is. */
  static String percent(double share) {
    return new BigDecimal(100 * share).setScale(1, RoundingMode.FLOOR).toPlainString() + " %";
  }
}
