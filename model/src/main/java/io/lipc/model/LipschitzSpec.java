package io.lipc.model;

/**
 * The property that a network declares: {@code |f(x) - f(x')|_out <= bound |x - x'|_in} for all
 * inputs.
 *
 * @param bound the nearest double to the declared decimal, positive and finite
 * @param inputNorm the norm of the input differences
 * @param outputNorm the norm of the output differences
 */
public record LipschitzSpec(double bound, Norm inputNorm, Norm outputNorm) {

  public LipschitzSpec {
    if (!isValid(bound)) {
      throw new IllegalArgumentException("not a Lipschitz bound: " + bound);
    }
  }

  /** Whether {@code bound} is positive and finite. */
  public static boolean isValid(double bound) {
    return bound > 0 && Double.isFinite(bound);
  }
}
