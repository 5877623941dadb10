package io.lipc.model;

/**
 * A closed, bounded interval of real numbers.
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
