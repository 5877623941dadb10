package io.lipc.certifier.problem;

import io.lipc.linalg.Deadline;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The conditions under which a search may end before its optimum.
 *
 * @param bound once this is reached; empty for the least bound
 * @param budget once this is spent
 * @param listener is told of the steps until then
 */
public record Goal(OptionalDouble bound, Budget budget, IterationListener listener) {

  /** Room for the margins of a proof. */
  private static final double BELOW = 1 - 1e-6;

  /** The least bound that is found until a deadline. */
  public static Goal least(Deadline deadline) {
    return new Goal(OptionalDouble.empty(), Budget.unlimited(deadline), (_, _) -> {});
  }

  /** The same, with so much of the budget kept for a proof. */
  public Goal reserving(Duration time) {
    return new Goal(bound, budget.reserving(time), listener);
  }

  /** The same, with nothing but the deadline to end it. */
  public Goal withoutBudget() {
    return new Goal(bound, budget.withoutEnd(), listener);
  }

  /** The same with another deadline. */
  public Goal by(Deadline other) {
    return new Goal(bound, budget.until(other), listener);
  }

  /** The deadline at which the search has to end, with a result or without. */
  public Deadline deadline() {
    return budget.deadline();
  }

  /** Whether a proof with this square of the bound is good enough. */
  public boolean isReached(double rho) {
    return bound.isPresent() && rho <= bound.getAsDouble() * bound.getAsDouble() * BELOW;
  }
}
