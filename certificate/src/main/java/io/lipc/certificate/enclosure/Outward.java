package io.lipc.certificate.enclosure;

import java.util.stream.IntStream;

/**
 * Doubles that are surely not above, or not below, a real number.
 *
 * <p><b>One operation.</b> IEEE 754 rounds the real result r of a sum, difference, product,
 * quotient or root of doubles to a nearest double v. If v is finite, no double lies between v and
 * r, so r is within {@code [down(v), up(v)]}, also where it underflows. If v is infinite, r is
 * beyond the largest double, which is what {@code down} makes of plus infinity, and {@code up} of
 * minus infinity. Sums and products with a given factor are monotone: so a lower end that is made
 * of lower ends (of upper ones, where the factor is negative) and rounded down is below all that
 * the operation gives, and an upper end likewise above.
 *
 * <p><b>A sum of products.</b> With u the unit roundoff of a format, eta its least positive number
 * and {@code gamma_n = n u / (1 - n u)}: a computed sum of n products differs from the real one by
 * at most {@code gamma_n sum |terms| + n eta}, in any order, with fused multiply-add or without
 * (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
 */
public final class Outward {

  /** The unit roundoff of doubles. */
  static final double UNIT_ROUNDOFF = 0x1p-53;

  private Outward() {}

  /** The next double above. */
  public static double up(double value) {
    return Math.nextUp(value);
  }

  /** The next double below. */
  public static double down(double value) {
    return Math.nextDown(value);
  }

  /** {@code gamma_n}, rounded up; negative or infinite where n is too large for it. */
  static double gamma(int n, double unitRoundoff) {
    return up(up(n * unitRoundoff) / down(1 - up(n * unitRoundoff)));
  }

  /** The loss of n products of doubles; for few it is in a table, as it is asked often. */
  private record Loss(double gamma, double growth, double underflow) {

    private static final Loss[] FEW =
        IntStream.range(0, 1024).mapToObj(Loss::computed).toArray(Loss[]::new);

    static Loss of(int n) {
      return n < FEW.length ? FEW[n] : computed(n);
    }

    private static Loss computed(int n) {
      double gamma = Outward.gamma(n, UNIT_ROUNDOFF);
      return new Loss(gamma, up(1 + 2 * gamma), 2 * (n * Double.MIN_VALUE));
    }
  }

  /**
   * An upper bound of a real sum of n products, none negative, whose sum in doubles is {@code
   * computed}: the real one is at most {@code (1 + 2 gamma_n)} times that and {@code 2 n} least
   * doubles, as gamma_n is far below 1/2.
   */
  public static double sum(double computed, int n) {
    Loss loss = Loss.of(n);
    return up(up(computed * loss.growth) + loss.underflow);
  }

  /** The same for what n products lose in doubles, of which {@code terms} bounds the magnitudes. */
  public static double lost(double terms, int n) {
    Loss loss = Loss.of(n);
    return up(up(loss.gamma * terms) + loss.underflow);
  }
}
