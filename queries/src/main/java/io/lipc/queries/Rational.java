package io.lipc.queries;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * A rational number. It is reduced only where its terms are asked for: most numbers are compared
 * alone, and the common divisor of thousands of digits takes far longer than a product.
 *
 * @param numerator in lowest terms when it is read
 * @param denominator is positive, and in lowest terms when it is read
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {

  public Rational {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("the denominator " + denominator + " is not positive");
    }
  }

  @Override
  public BigInteger numerator() {
    return numerator.divide(divisor());
  }

  @Override
  public BigInteger denominator() {
    return denominator.divide(divisor());
  }

  private BigInteger divisor() {
    return numerator.gcd(denominator);
  }

  /**
   * The quotient of two decimals, exactly.
   *
   * @throws IllegalArgumentException if the divisor is 0
   */
  public static Rational of(BigDecimal dividend, BigDecimal divisor) {
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

  /** The same as a decimal; empty where its digits have no end. */
  public Optional<BigDecimal> decimal() {
    try {
      return Optional.of(
          new BigDecimal(numerator()).divide(new BigDecimal(denominator())).stripTrailingZeros());
    } catch (ArithmeticException endless) {
      return Optional.empty();
    }
  }

  /** The largest double that is not above it; minus infinity where each one is. */
  public double down() {
    double near = near();
    return isAbove(near) ? Math.nextDown(near) : near;
  }

  /** The least double that is not below it; plus infinity where each one is. */
  public double up() {
    double near = near();
    return near == Double.POSITIVE_INFINITY || !isBelow(near) ? near : Math.nextUp(near) + 0.0;
  }

  /** A double that is one of the two around it, or it. */
  private double near() {
    BigDecimal quotient =
        new BigDecimal(numerator).divide(new BigDecimal(denominator), MathContext.DECIMAL128);
    // Not the zero below 0.
    return quotient.doubleValue() + 0.0;
  }

  /** Whether a double is above this number. */
  private boolean isAbove(double value) {
    return value == Double.POSITIVE_INFINITY
        || (value != Double.NEGATIVE_INFINITY && compareTo(of(value)) < 0);
  }

  /** Whether a double is below this number. */
  private boolean isBelow(double value) {
    return value == Double.NEGATIVE_INFINITY
        || (value != Double.POSITIVE_INFINITY && compareTo(of(value)) > 0);
  }

  private static Rational of(double value) {
    return of(new BigDecimal(value), BigDecimal.ONE);
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rational rational && compareTo(rational) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * numerator().hashCode() + denominator().hashCode();
  }

  @Override
  public String toString() {
    BigInteger below = denominator();
    return below.equals(BigInteger.ONE) ? "" + numerator() : numerator() + "/" + below;
  }
}
