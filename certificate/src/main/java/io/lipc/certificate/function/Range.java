package io.lipc.certificate.function;

/**
 * All real numbers between two ends, which may be infinite: an enclosure of computed values. The
 * ends are rounded outward, so they say less than those of an interval that a network declares.
 * Declared intervals are {@link io.lipc.certificate.Unit.Box}, whose ends are finite and exact.
 *
 * @param lower the lower end
 * @param upper the upper end, not below it
 */
public record Range(double lower, double upper) {

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
  Range and(Range other) {
    return new Range(Math.max(lower, other.lower), Math.min(upper, other.upper));
  }
}
