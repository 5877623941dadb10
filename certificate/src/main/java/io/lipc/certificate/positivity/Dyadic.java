package io.lipc.certificate.positivity;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** The number {@code mantissa 2^exponent}; sums and products are exact. */
public record Dyadic(BigInteger mantissa, int exponent) implements Scalar<Dyadic> {

  private static final int MAX_BITS = 1 << 15;

  /**
   * Numbers grow with each operation; no network of some sense needs more bits than this allows.
   *
   * @throws ArithmeticException if more are needed
   */
  public Dyadic {
    if (Math.max(mantissa.bitLength(), Math.absExact(exponent)) > MAX_BITS) {
      throw new ArithmeticException("more than " + MAX_BITS + " bits");
    }
  }

  /** The dyadic number that a finite double is, exactly. */
  public static Dyadic of(double value) {
    int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
    long mantissa = (long) Math.scalb(value, -exponent);
    int zeros = mantissa == 0 ? 0 : Long.numberOfTrailingZeros(mantissa);
    return new Dyadic(BigInteger.valueOf(mantissa >> zeros), exponent + zeros);
  }

  @Override
  public Dyadic plus(Dyadic other) {
    if (isZero() || other.isZero()) {
      // Of two zeros the first: in a form it is one object for all places.
      return other.isZero() ? this : other;
    }
    int unit = Math.min(exponent, other.exponent);
    return new Dyadic(integer(unit).add(other.integer(unit)), unit);
  }

  @Override
  public Dyadic times(Dyadic other) {
    int sum = Math.addExact(exponent, other.exponent);
    return new Dyadic(mantissa.multiply(other.mantissa), sum);
  }

  @Override
  public Dyadic dot(List<Dyadic> left, List<Dyadic> right) {
    var all = IntStream.range(0, left.size()).mapToObj(k -> left.get(k).times(right.get(k)));
    var products = all.filter(product -> !product.isZero()).toList();
    int unit = products.stream().mapToInt(Dyadic::exponent).min().orElse(0);
    var integers = products.stream().map(product -> product.integer(unit));
    return new Dyadic(integers.reduce(BigInteger.ZERO, BigInteger::add), unit);
  }

  @Override
  public boolean isZero() {
    return mantissa.signum() == 0;
  }

  @Override
  public long words() {
    return 8L + mantissa.bitLength() / 64;
  }

  @Override
  public double middle() {
    // 1000 leading bits are more than a double holds, and few enough for BigInteger.doubleValue.
    int cut = Math.max(0, mantissa.bitLength() - 1000);
    return Math.scalb(mantissa.shiftRight(cut).doubleValue(), exponent + cut);
  }

  /** This number divided by {@code 2^unit}, where that is an integer. */
  BigInteger integer(int unit) {
    return mantissa.shiftLeft(exponent - unit);
  }
}
