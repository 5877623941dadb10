package io.lipc.model;

/**
 * The property that a network declares: {@code |f(x) - f(x')|_out <= bound |x - x'|_in} for all
 * inputs.
 *
 * @param bound the nearest double to the declared decimal, positive and finite
 * @param inputNorm the norm of the input differences
 * @param outputNorm the norm of the output differences
 * @param pairs whether a bound of the difference of each two outputs is asked for as well: for
 *     outputs i and j a number {@code L_ij} with {@code |(f_i - f_j)(x) - (f_i - f_j)(x')| <= L_ij
 *     |x - x'|_in} for all inputs
 */
public record LipschitzSpec(double bound, Norm inputNorm, Norm outputNorm, boolean pairs) {

  /**
   * The most outputs of a network that asks for bounds of pairs. They have 64 * 63 / 2 = 2016
   * pairs, and each has a proof of its own, with as many multipliers as the network's own: the
   * certificate and the time to find and to check it grow with the square of this number.
   */
  public static final int MOST_PAIRED_OUTPUTS = 64;

  public LipschitzSpec {
    if (!isValid(bound)) {
      throw new IllegalArgumentException("not a Lipschitz bound: " + bound);
    }
  }

  /**
   * A bound alone, without bounds of differences of outputs.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive and finite
   */
  public LipschitzSpec(double bound, Norm inputNorm, Norm outputNorm) {
    this(bound, inputNorm, outputNorm, false);
  }

  /** Whether {@code bound} is positive and finite. */
  public static boolean isValid(double bound) {
    return bound > 0 && Double.isFinite(bound);
  }
}
