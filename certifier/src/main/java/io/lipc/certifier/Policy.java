package io.lipc.certifier;

import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.bound.LadderRung;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When the methods of one run have their turns, and how much time each may take: all that is
 * decided about order, budget and lateness (ADR 49).
 *
 * @param eliminates whether block elimination comes before everything else
 * @param byNeurons whether one multiplier for each neuron is sought before one for each layer
 * @param informs whether methods that end by themselves are run for information, once the bound is
 *     proved
 */
record Policy(boolean eliminates, boolean byNeurons, boolean informs) {

  /**
   * Norms of layers of more coordinates take seconds: then block elimination comes first, and no
   * second method is run for information alone.
   */
  private static final int MAX_CHEAP_COORDINATES = 1500;

  /** With fewer, the search with a multiplier for each neuron takes less than a second. */
  private static final int MAX_QUICK_NEURONS = 200;

  /** The share of the time until the deadline that methods may take; then come lower bounds. */
  private static final double FOR_METHODS = 0.9;

  /** The share of that after which no search goes on, so that what it found can be proved. */
  private static final double FOR_SEARCH = 0.75;

  /** The share of the time left that one of several methods may take, once there is a proof. */
  private static final double FOR_ONE = 0.6;

  /** The same for the cheapest, as long as nothing is proved: others seldom end before it. */
  private static final double FOR_CHEAPEST = 0.85;

  /** The same for one that is not the cheapest, as long as nothing is proved. */
  private static final double FOR_FIRST = 0.4;

  /**
   * The policy for a problem. For a proof alone, the method that proves more comes first. So it
   * does in a large network, where the norms of layers take longer, unless it has images: there all
   * frequencies take less. If there has to be an answer by a deadline, a report runs the cheapest
   * first. If both inequalities over all neurons take seconds, the one that proves more comes
   * before the other, so that it does not get the rest of the budget only.
   */
  static Policy of(Problem problem, Options options) {
    boolean isLong = Coordinates.of(problem) > MAX_CHEAP_COORDINATES;
    boolean isImage = !ImagePart.of(problem.units()).isEmpty();
    boolean proof = options.effort() == Options.Effort.PROOF;
    boolean hurried = !proof && options.deadline().left().isPresent();
    return new Policy(
        isLong ? !isImage && !hurried : proof,
        Coordinates.ofMatrix(problem) > MAX_QUICK_NEURONS,
        !proof && !isLong);
  }

  /** The purpose of all searches of a run, and their deadline. */
  static Goal goal(Options options, SearchListener listener) {
    OptionalDouble enough =
        options.effort() == Options.Effort.PROOF ? options.bound() : OptionalDouble.empty();
    Deadline deadline = options.deadline().part(FOR_METHODS);
    Optional<Duration> search =
        deadline
            .left()
            .map(left -> Duration.ofNanos((long) (FOR_SEARCH * left.toNanos())))
            .filter(
                share -> options.budget().isEmpty() || share.compareTo(options.budget().get()) < 0)
            .or(options::budget);
    Budget budget = Budget.of(search, deadline.clock()).until(deadline);
    return new Goal(enough, options.budget().map(budget::named).orElse(budget), listener);
  }

  /** The methods that pay for a problem, in the order of their turns. */
  List<Method> order(Problem problem) {
    return Arrays.stream(Method.values())
        .filter(method -> method.kind().filter(kind -> kind.pays(problem)).isPresent())
        .sorted(
            Comparator.<Method, Boolean>comparing(method -> !leads(method))
                .thenComparing(method -> byNeurons && method == Method.LIPSDP_LAYER))
        .toList();
  }

  private boolean leads(Method method) {
    return eliminates
        && method.kind().map(BoundMethod.Kind::rung).equals(Optional.of(LadderRung.ELIMINATION));
  }

  /** Whether a method of this rung is run although the bound that was asked for is proved. */
  boolean informs(LadderRung rung) {
    return switch (rung) {
      case PRODUCT, FREQUENCIES, ELIMINATION -> informs;
      case ITERATION -> false;
    };
  }

  /**
   * Whether there is no time for a method of this rung, and a proof without it. Eliminations have
   * their turn whatever time others have taken: what they prove may be below a product of norms by
   * orders of magnitude.
   *
   * @param proved whether any bound is proved
   */
  static boolean isLate(LadderRung rung, Goal goal, boolean proved) {
    if (goal.deadline().isPassed()) {
      return true;
    }
    return switch (rung) {
      case FREQUENCIES, ELIMINATION -> false;
      case PRODUCT, ITERATION -> proved && goal.budget().isSpent();
    };
  }

  /**
   * The goal of a method of this rung: some of the budget is kept for a proof. As long as nothing
   * is proved, a product takes its time.
   *
   * @param proof how long a proof may take
   */
  static Goal goal(LadderRung rung, Goal goal, boolean proved, Duration proof) {
    return switch (rung) {
      case PRODUCT -> proved ? goal.reserving(proof) : goal.withoutBudget();
      case FREQUENCIES, ELIMINATION, ITERATION -> goal.reserving(proof);
    };
  }

  /** The share of the time left that a method of this rung may take, which is not the last one. */
  static double share(LadderRung rung, boolean proved) {
    if (proved) {
      return FOR_ONE;
    }
    return switch (rung) {
      case PRODUCT, FREQUENCIES -> FOR_CHEAPEST;
      case ELIMINATION, ITERATION -> FOR_FIRST;
    };
  }
}
