package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.down;

import io.lipc.certificate.function.Range;

/**
 * Sums and products of ranges, rounded outward, which keep what signs say: zero times anything and
 * zero plus anything are exact, and a product of numbers of known signs has a known sign. So a sum
 * of products none of which is negative is not below zero.
 */
final class Products {

  static final Range ZERO = new Range(0, 0);

  private Products() {}

  static Range sum(Range a, Range b) {
    return new Range(lowerSum(a.lower(), b.lower()), -lowerSum(-a.upper(), -b.upper()));
  }

  private static double lowerSum(double a, double b) {
    return a == 0 ? b : b == 0 ? a : down(a + b);
  }

  /** All products of two numbers, one of each range. */
  static Range product(Range a, Range b) {
    double least = Math.min(low(a.lower(), b.lower()), low(a.lower(), b.upper()));
    double other = Math.min(low(a.upper(), b.lower()), low(a.upper(), b.upper()));
    double most = Math.min(low(-a.lower(), b.lower()), low(-a.lower(), b.upper()));
    double further = Math.min(low(-a.upper(), b.lower()), low(-a.upper(), b.upper()));
    return new Range(Math.min(least, other), -Math.min(most, further));
  }

  /** A number that is not above the product. */
  static double low(double a, double b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    if (Math.abs(a) == 1 || Math.abs(b) == 1) {
      return a * b;
    }
    double product = down(a * b);
    return (a > 0) == (b > 0) ? Math.max(0, product) : product;
  }
}
