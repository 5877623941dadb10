package io.lipc.certifier;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;

/**
 * Intervals of doubles, each end rounded outward by one unit in the last place: the operations of
 * IEEE 754 are within half of one.
 */
final class IntervalArithmetic implements Arithmetic<IntervalArithmetic.Enclosure> {

  /** All real numbers from {@code lower} to {@code upper}. */
  record Enclosure(double lower, double upper) {
    Enclosure minus(Enclosure other) {
      return new Enclosure(Math.nextDown(lower - other.upper), Math.nextUp(upper - other.lower));
    }

    /** The least absolute value in it. */
    double mignitude() {
      return Math.max(0, Math.max(lower, -upper));
    }
  }

  @Override
  public Enclosure of(double value) {
    return new Enclosure(value, value);
  }

  @Override
  public Enclosure add(Enclosure a, Enclosure b) {
    return new Enclosure(Math.nextDown(a.lower + b.lower), Math.nextUp(a.upper + b.upper));
  }

  @Override
  public Enclosure times(Enclosure a, double factor) {
    double first = a.lower * factor;
    double second = a.upper * factor;
    // The sign, the factor one and the factor zero are exact.
    if (Math.abs(factor) == 1 || factor == 0) {
      return new Enclosure(Math.min(first, second), Math.max(first, second));
    }
    return new Enclosure(
        Math.nextDown(Math.min(first, second)), Math.nextUp(Math.max(first, second)));
  }

  @Override
  public Enclosure max(Enclosure a, Enclosure b) {
    return new Enclosure(Math.max(a.lower, b.lower), Math.max(a.upper, b.upper));
  }

  @Override
  public Enclosure apply(Elementwise function, Enclosure a) {
    Range values = function.over(new Range(a.lower, a.upper));
    return new Enclosure(values.lower(), values.upper());
  }
}
