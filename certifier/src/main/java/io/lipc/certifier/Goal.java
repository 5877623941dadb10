package io.lipc.certifier;

import java.util.OptionalDouble;

/**
 * When a search may end before its optimum.
 *
 * @param bound once this is reached; empty for the least bound
 * @param budget once this is spent
 * @param listener is told of the steps until then
 */
record Goal(OptionalDouble bound, Budget budget, IterationListener listener) {

  /** Room for the margins of a proof. */
  private static final double BELOW = 1 - 1e-6;

  static Goal least() {
    return new Goal(OptionalDouble.empty(), Budget.unlimited(), (_, _) -> {});
  }

  /** Whether a proof with this square of the bound is good enough. */
  boolean isReached(double rho) {
    return bound.isPresent() && rho <= bound.getAsDouble() * bound.getAsDouble() * BELOW;
  }
}
