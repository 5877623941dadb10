package io.lipc.queries;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A rational number, in lowest terms.
 *
 * @param denominator is positive
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {

  public Rational {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("the denominator " + denominator + " is not positive");
    }
    BigInteger divisor = numerator.gcd(denominator);
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  /** The quotient of two decimals, exactly. */
  static Rational of(BigDecimal dividend, BigDecimal divisor) {
    int scale = Math.max(0, Math.max(dividend.scale(), divisor.scale()));
    BigInteger numerator = dividend.setScale(scale).unscaledValue();
    BigInteger denominator = divisor.setScale(scale).unscaledValue();
    return denominator.signum() < 0
        ? new Rational(numerator.negate(), denominator.negate())
        : new Rational(numerator, denominator);
  }

  static Rational least(Rational a, Rational b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static Rational greatest(Rational a, Rational b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE) ? "" + numerator : numerator + "/" + denominator;
  }
}
