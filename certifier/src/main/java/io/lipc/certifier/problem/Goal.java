package io.lipc.certifier.problem;

import io.lipc.certifier.problem.Budget.Work;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * When a search may end before its optimum.
 *
 * @param bound once this is reached; empty for the least bound
 * @param budget once this is spent
 * @param proved whether some bound has been proved before: then a search may end without any
 * @param listener is told of the steps until then
 */
public record Goal(
    OptionalDouble bound, Budget budget, boolean proved, IterationListener listener) {

  /** Room for the margins of a proof. */
  private static final double BELOW = 1 - 1e-6;

  /**
   * So many times what an elimination takes a proof from its multipliers does: measured in chains
   * of 256 and 512 neurons in a layer.
   */
  private static final int ELIMINATIONS_OF_PROOF = 4;

  /** The least bound, however long it takes. */
  public static Goal least() {
    return new Goal(OptionalDouble.empty(), Budget.unlimited(), false, (_, _) -> {});
  }

  /** The same for a search that comes after a proof. */
  public Goal afterProof() {
    return new Goal(bound, budget, true, listener);
  }

  /** Whether a proof with this square of the bound is good enough. */
  public boolean isReached(double rho) {
    return bound.isPresent() && rho <= bound.getAsDouble() * bound.getAsDouble() * BELOW;
  }

  /** Whether the time is over, even for a search that has nothing yet. */
  public boolean isOver() {
    return proved && budget.isSpent();
  }

  /** Whether a piece of work may be begun: there is time for it, or no proof without it. */
  public boolean allows(Work work) {
    return allows(expected(work));
  }

  /** Whether what takes so long may be begun. */
  public boolean allows(Duration time) {
    return !proved || budget.leaves(time);
  }

  /** What a piece of work will take, by the last of its kind or what is known of others. */
  public Duration expected(Work work) {
    Duration last = budget.last(work);
    return work == Work.PROOF && last.isZero()
        ? budget.last(Work.ELIMINATION).multipliedBy(ELIMINATIONS_OF_PROOF)
        : last;
  }
}
