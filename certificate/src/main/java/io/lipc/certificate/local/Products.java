package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.down;

import io.lipc.certificate.function.Range;

/**
 * Sums and products of ranges, rounded outward, but not where they are exact: so what cancels is
 * zero, and no sum of products none of which is negative is below zero.
 *
 * <p>With s the computed sum of two doubles, {@code s - a} and what follows give the error of s
 * exactly (Knuth, The Art of Computer Programming, 4.2.2, theorem B), and the fused product that of
 * a computed product which is far from underflow. The sign of the error says on which side of the
 * real result the computed one is. Zero times what has no end is zero.
 */
final class Products {

  static final Range ZERO = new Range(0, 0);
  static final Range ONE = new Range(1, 1);

  /** The error of a product of this size is a double. */
  private static final double SMALL = 0x1p-900;

  private Products() {}

  static Range sum(Range a, Range b) {
    return new Range(lowSum(a.lower(), b.lower()), highSum(a.upper(), b.upper()));
  }

  /** A number that is not above the sum. */
  static double lowSum(double a, double b) {
    double sum = a + b;
    double second = sum - a;
    double error = (a - (sum - second)) + (b - second);
    return error >= 0 ? sum : down(sum);
  }

  /** A number that is not below the sum. */
  static double highSum(double a, double b) {
    return 0 - lowSum(-a, -b);
  }

  /** All products of two numbers, one of each range. */
  static Range product(Range a, Range b) {
    double least = Math.min(low(a.lower(), b.lower()), low(a.lower(), b.upper()));
    double other = Math.min(low(a.upper(), b.lower()), low(a.upper(), b.upper()));
    double most = Math.min(low(-a.lower(), b.lower()), low(-a.lower(), b.upper()));
    double further = Math.min(low(-a.upper(), b.lower()), low(-a.upper(), b.upper()));
    // Not its opposite, which would be the zero with a sign.
    return new Range(Math.min(least, other), 0 - Math.min(most, further));
  }

  /** A number that is not above the product. */
  static double low(double a, double b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    double product = a * b;
    if (Math.abs(product) >= SMALL) {
      // Not a number where the product is infinite.
      return Math.fma(a, b, -product) >= 0 ? product : down(product);
    }
    return (a > 0) == (b > 0) ? Math.max(0, down(product)) : down(product);
  }
}
