package io.lipc.certifier;

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

  /** Math.tanh is within 2.5 units in the last place, by its specification. */
  private static final int TANH_ULPS = 3;

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
  public Enclosure tanh(Enclosure a) {
    return new Enclosure(Math.max(-1, tanh(a.lower, -1)), Math.min(1, tanh(a.upper, 1)));
  }

  private static double tanh(double value, int direction) {
    double result = Math.tanh(value);
    for (int i = 0; i < TANH_ULPS; i++) {
      result = direction < 0 ? Math.nextDown(result) : Math.nextUp(result);
    }
    return result;
  }
}
