package io.lipc.certificate.function;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The ratio of Mills {@code M(t) = e^(t^2/2) int_t^inf e^(-s^2/2) ds = int_0^inf e^(-s t - s^2/2)
 * ds} for t >= 0; it falls from {@code sqrt(pi / 2)} like 1/t.
 *
 * <p>Up to 6 it is summed from its Taylor polynomial of degree 13 about the nearest multiple c of
 * 1/4. Under the second integral, {@code |M^(n)(c)| <= int s^n e^(-s^2/2) ds = 2^((n-1)/2)
 * Gamma((n+1)/2)}, so with {@code |t - c| <= 1/8} what is left out is at most {@code 8^-14 2^6.5
 * Gamma(7.5) / 14! < 2^-60}, less than 2^-57 of M >= M(6.125) > 0.158. Horner's rule errs by less
 * than {@code 28 u sum |a_k| |t - c|^k <= 28 u M(c - 1/8)}, and {@code M(c - 1/8) < 1.24 M(c +
 * 1/8)} as {@code -M'/M <= sqrt(2 / pi)}: less than 35 u; with the remainder less than 36 u, of
 * which the steps behind the first two are a small part in truth.
 *
 * <p>Beyond 6 it is the continued fraction {@code 1/(t + 1/(t + 2/(t + 3/(t + ...))))} (Laplace),
 * cut off behind 24: its convergents lie on both sides of M, and a test shows that those cut off
 * behind 24 and 25 differ by less than 2^-60 of M. All terms are positive; an error of a
 * denominator reaches the next one with a factor {@code k / (k + t^2) <= 0.4}: less than 4 u.
 */
final class MillsRatio {

  private static final double LAST = 6;
  private static final int PER_UNIT = 4;
  private static final double STEP = 1.0 / PER_UNIT;
  private static final int DEGREE = 13;
  private static final int TERMS = 24;

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal ROOT_OF_HALF_PI =
      new BigDecimal("1.25331413731550025120788264240552262650349337030496915831496");

  /** A row of coefficients for each centre. */
  private static final double[][] TAYLOR = taylor();

  private MillsRatio() {}

  /** The ratio, for t >= 0; NaN for NaN. */
  static double at(double t) {
    if (!(t < LAST)) {
      return continuedFraction(t);
    }
    int centre = (int) (t * PER_UNIT + 0.5);
    double[] row = TAYLOR[centre];
    double distance = t - centre * STEP; // Exact.
    double sum = row[DEGREE];
    for (int k = DEGREE - 1; k >= 0; k--) {
      sum = sum * distance + row[k];
    }
    return sum;
  }

  private static double continuedFraction(double t) {
    double denominator = t;
    for (int k = TERMS; k > 0; k--) {
      denominator = t + k / denominator;
    }
    return 1 / denominator;
  }

  private static double[][] taylor() {
    double[][] rows = new double[(int) (LAST * PER_UNIT) + 1][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = taylor(new BigDecimal(i).divide(new BigDecimal(PER_UNIT), DIGITS));
    }
    return rows;
  }

  /** From {@code M' = c M - 1} and {@code M^(n+1) = c M^(n) + n M^(n-1)}. */
  private static double[] taylor(BigDecimal c) {
    double[] row = new double[DEGREE + 1];
    BigDecimal before = ratio(c);
    BigDecimal derivative = c.multiply(before, DIGITS).subtract(BigDecimal.ONE);
    BigDecimal factorial = BigDecimal.ONE;
    row[0] = before.doubleValue();
    for (int n = 1; n <= DEGREE; n++) {
      factorial = factorial.multiply(new BigDecimal(n));
      row[n] = derivative.divide(factorial, DIGITS).doubleValue();
      BigDecimal next =
          c.multiply(derivative, DIGITS).add(before.multiply(new BigDecimal(n), DIGITS));
      before = derivative;
      derivative = next;
    }
    return row;
  }

  /**
   * {@code sqrt(pi / 2) e^(c^2/2) - (c + c^3/3 + c^5/15 + ...)}, by the series of both. The largest
   * numbers here are near 1e8 and M is above 0.1, so of 60 digits 50 are right; the recurrence
   * above costs fewer than 20 more.
   */
  private static BigDecimal ratio(BigDecimal c) {
    BigDecimal square = c.multiply(c, DIGITS);
    BigDecimal even = BigDecimal.ONE;
    BigDecimal odd = c;
    BigDecimal power = BigDecimal.ONE;
    BigDecimal series = c;
    for (int k = 1; power.compareTo(new BigDecimal("1e-55")) > 0 || k < 50; k++) {
      power = power.multiply(square, DIGITS).divide(new BigDecimal(2 * k), DIGITS);
      even = even.add(power, DIGITS);
      series = series.multiply(square, DIGITS).divide(new BigDecimal(2 * k + 1), DIGITS);
      odd = odd.add(series, DIGITS);
    }
    return ROOT_OF_HALF_PI.multiply(even, DIGITS).subtract(odd);
  }
}
