package io.lipc.certifier.problem;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * When a search may end before its optimum.
 *
 * @param bound once this is reached; empty for the least bound
 * @param budget once this is spent
 * @param listener is told of the steps until then
 */
public record Goal(OptionalDouble bound, Budget budget, IterationListener listener) {

  /** Room for the margins of a proof. */
  private static final double BELOW = 1 - 1e-6;

  /** The least bound, however long it takes. */
  public static Goal least() {
    return new Goal(OptionalDouble.empty(), Budget.unlimited(), (_, _) -> {});
  }

  /** The same, with so much of the budget kept for a proof. */
  public Goal reserving(Duration time) {
    return new Goal(bound, budget.reserving(time), listener);
  }

  /** The same, however long it takes. */
  public Goal withoutBudget() {
    return new Goal(bound, Budget.unlimited(), listener);
  }

  /** Whether a proof with this square of the bound is good enough. */
  public boolean isReached(double rho) {
    return bound.isPresent() && rho <= bound.getAsDouble() * bound.getAsDouble() * BELOW;
  }
}
