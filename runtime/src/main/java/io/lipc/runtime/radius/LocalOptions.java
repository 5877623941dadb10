package io.lipc.runtime.radius;

/**
 * How long to search for a larger radius at one input. Whatever the budget, the radius is certified
 * and not below that of the pairs' bounds; with more it may be larger.
 *
 * @param steps the most steps for each pair of outputs; each looks once at every unit
 * @param nanos the time for the radius of one input, in nanoseconds; the same input then need not
 *     give the same radius twice. {@link Long#MAX_VALUE} for no limit of time
 */
public record LocalOptions(int steps, long nanos) {

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
