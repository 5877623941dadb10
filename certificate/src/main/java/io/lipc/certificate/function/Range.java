package io.lipc.certificate.function;

/**
 * All real numbers between two ends, which may be infinite: an enclosure of computed values. The
 * ends are rounded outward, so they say less than those of an interval that a network declares.
 * Declared intervals are {@link io.lipc.certificate.Unit.Box}, whose ends are finite and exact. No
 * end is NaN, the lower one is not plus infinity, and the upper one not minus infinity.
 *
 * @param lower the lower end
 * @param upper the upper end, not below it
 */
public record Range(double lower, double upper) {

  /**
   * Takes ends as they were computed. An end that is NaN says that a computation failed: then
   * nothing is known, and the range is that of all real numbers. An infinite end on the wrong side
   * becomes the largest double, which holds no fewer real numbers.
   */
  public Range {
    boolean failed = Double.isNaN(lower) || Double.isNaN(upper);
    lower = failed ? Double.NEGATIVE_INFINITY : Math.min(lower, Double.MAX_VALUE);
    upper = failed ? Double.POSITIVE_INFINITY : Math.max(upper, -Double.MAX_VALUE);
  }

  /** The largest absolute value of a number in this range. */
  public double magnitude() {
    return Math.max(Math.abs(lower), Math.abs(upper));
  }

  /** The least absolute value of a number in this range; 0 if the range holds 0. */
  public double leastMagnitude() {
    return Math.max(0, Math.max(lower, -upper));
  }

  boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /** The intersection; for two enclosures of the same numbers it is another enclosure. */
  public Range and(Range other) {
    return new Range(Math.max(lower, other.lower), Math.min(upper, other.upper));
  }

  /** The least range that holds both. */
  public Range hull(Range other) {
    return new Range(Math.min(lower, other.lower), Math.max(upper, other.upper));
  }
}
