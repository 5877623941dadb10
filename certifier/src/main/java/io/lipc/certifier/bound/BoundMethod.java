package io.lipc.certifier.bound;

import io.lipc.certificate.Subject;
import io.lipc.certifier.lmi.GreedyElimination;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A way to prove an upper bound, for one problem. */
public interface BoundMethod {

  /** Searches for the least bound that this method can prove. */
  Search best();

  /**
   * Tries to prove exactly {@code bound}, where the bound that {@link #best} aims at is not above
   * it. Best bounds carry a small margin; this has none, so it may prove equality.
   */
  Optional<Subject> at(double bound);

  /**
   * The least bound that any multipliers give, as far as a search can tell in doubles; empty if it
   * cannot.
   */
  default OptionalDouble limit() {
    return OptionalDouble.empty();
  }

  /** The norms of all dense units and convolutions, where it has proved them on the way. */
  default Optional<List<LayerNorm>> layerNorms() {
    return Optional.empty();
  }

  /** The elimination that its proof rests on, where there is one. */
  default Optional<GreedyElimination.Result> elimination() {
    return Optional.empty();
  }

  /** The outcome of a search. */
  sealed interface Search {
    /** The checker accepted this. */
    record Found(Subject subject) implements Search {}

    /** No bound was proved, for this reason: a lower-case clause. */
    record Failed(String reason) implements Search {}
  }

  /** A method before it has seen a problem: all that the ladder of methods asks of it. */
  interface Kind {

    /** The method's word in options and certificates: {@code norm-product}. */
    String word();

    /**
     * The method for one problem, between norms for which there is no {@link #obstacle}.
     *
     * @param norms those of all dense units and convolutions, where a method before it has proved
     *     them
     */
    BoundMethod of(Problem problem, Goal goal, Optional<List<LayerNorm>> norms);

    /** Why it says nothing between the problem's norms: a lower-case clause. */
    default Optional<String> obstacle(Problem problem) {
      return problem.inequality().fromLargest()
          ? Optional.of("it bounds from l2 only")
          : Optional.empty();
    }

    /** Whether it is worth its time if it is not asked for by name. */
    default boolean pays(Problem problem) {
      return !problem.inequality().fromLargest();
    }

    /** Its place on the ladder of methods. */
    LadderRung rung();

    /** Whether it may prove more of the units of what is called than of the calls' bounds. */
    default boolean readsUnits() {
      return true;
    }

    /** Whether it needs the norms of dense units and convolutions. */
    default boolean readsNorms() {
      return false;
    }

    /** Whether it bounds all elements of an output in linf at once, not one by one. */
    default boolean boundsAllElements() {
      return false;
    }
  }
}
