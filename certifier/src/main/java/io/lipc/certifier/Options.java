package io.lipc.certifier;

import io.lipc.linalg.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The options of a run of the certifier.
 *
 * @param method which search
 * @param bound the bound to prove, in the norms of the network's own, positive and finite; empty to
 *     find the best
 * @param outputs the elements of the output that the bound is about, in this order; empty for all
 * @param seed where the search for lower bounds starts
 * @param effort the results to look for beside a proof
 * @param budget once so much time has passed and there is a proof, no further method is begun but
 *     for an elimination, and an iteration that can be ended is ended, in time for a proof that
 *     takes as long as the longest before; empty for no limit
 * @param deadline the moment by which there has to be an answer: work that is not done by then is
 *     cancelled, whether there is a proof or not
 */
public record Options(
    Method method,
    OptionalDouble bound,
    List<Integer> outputs,
    long seed,
    Effort effort,
    Optional<Duration> budget,
    Deadline deadline) {

  /** The default budget of {@link Method#AUTO}. */
  public static final Duration BUDGET = Duration.ofSeconds(5);

  /** The results to look for beside a proof of the bound. */
  public enum Effort {
    /**
     * None: once the bound that is asked for is proved, no further method runs. If none is asked
     * for, no lower bound is sought once any bound is proved.
     */
    PROOF,
    /** Every method's bound, and a lower bound. */
    REPORT
  }

  public Options {
    outputs = List.copyOf(outputs);
    if (bound.isPresent() && !(bound.getAsDouble() > 0 && Double.isFinite(bound.getAsDouble()))) {
      throw new IllegalArgumentException("not a Lipschitz bound: " + bound.getAsDouble());
    }
  }

  /** Options without a deadline: a budget alone ends no proof that has begun. */
  public Options(
      Method method,
      OptionalDouble bound,
      List<Integer> outputs,
      long seed,
      Effort effort,
      Optional<Duration> budget) {
    this(method, bound, outputs, seed, effort, budget, Deadline.NONE);
  }

  /** Options with {@link #BUDGET} for {@link Method#AUTO}, and no limit for a single method. */
  public Options(
      Method method, OptionalDouble bound, List<Integer> outputs, long seed, Effort effort) {
    this(
        method,
        bound,
        outputs,
        seed,
        effort,
        method == Method.AUTO ? Optional.of(BUDGET) : Optional.empty());
  }

  /** All methods, all outputs, a full report. */
  public static Options proving(double bound) {
    return new Options(Method.AUTO, OptionalDouble.of(bound), List.of(), 1, Effort.REPORT);
  }
}
