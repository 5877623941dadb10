package io.lipc.model;

/**
 * A closed, bounded interval of real numbers that a declaration states: its ends are exact. The
 * trusted core's {@code Range} is another type on purpose: its ends are computed, rounded outward
 * and possibly infinite, and the model sees nothing that computes enclosures (ADR 23).
 *
 * @param lower its least element, finite
 * @param upper its greatest element, finite and not below {@code lower}
 */
public record Interval(double lower, double upper) {

  public Interval {
    if (!isValid(lower, upper)) {
      throw new IllegalArgumentException("not an interval: [" + lower + ", " + upper + "]");
    }
  }

  /** Whether both ends are finite and in order. */
  public static boolean isValid(double lower, double upper) {
    return Double.isFinite(lower) && Double.isFinite(upper) && lower <= upper;
  }
}
