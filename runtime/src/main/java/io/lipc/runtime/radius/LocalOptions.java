package io.lipc.runtime.radius;

/**
 * How long to search for a larger radius, or a smaller local bound, at one input. Whatever the
 * budget, a radius is certified and not below that of the pairs' bounds, and a local bound is
 * certified and not above that for all inputs; with more they may be better.
 *
 * @param steps for a radius, the most steps for each pair of outputs, each of which looks once at
 *     every unit; for a local bound, how often the box is cut at most; a bound to l2 is also tried
 *     by a matrix inequality, six times at most
 * @param nanos the time for one input, in nanoseconds; the same input then need not give the same
 *     number twice. {@link Long#MAX_VALUE} for no limit of time
 */
public record LocalOptions(int steps, long nanos) {

  /** No steps: the radius of the pairs' bounds, or the local bound of the box as a whole. */
  public static final LocalOptions NO_STEPS = new LocalOptions(0, Long.MAX_VALUE);

  /** 200 steps and no limit of time: the same radius for the same input, on every machine. */
  public static final LocalOptions DEFAULT = new LocalOptions(200, Long.MAX_VALUE);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public LocalOptions {
    if (steps < 0 || nanos < 0) {
      throw new IllegalArgumentException("steps " + steps + " and nanos " + nanos);
    }
  }
}
