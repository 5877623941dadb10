package io.lipc.certifier;

import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.bound.BoundMethod.Search;
import io.lipc.certifier.bound.LayerNorm;
import io.lipc.certifier.bound.NotApplicable;
import io.lipc.certifier.bound.PerElement;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The methods take turns, each with its share of the time: so that the cheapest is not left what
 * others leave, and what was found can be proved (ADR 49).
 */
final class Turns {

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

  private Turns() {}

  /** The purpose of a search, and its deadline. */
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

  /** Takes the steps, those that are of use, and says what came of each. */
  static List<Attempt> of(Problem problem, Options options, Goal goal, SearchListener listener) {
    boolean isLong = Step.isLong(problem);
    List<Attempt> attempts = new ArrayList<>();
    List<Step> steps = Step.all(problem, options);
    for (Step step : steps) {
      boolean proved =
          options.bound().isPresent()
              && attempts.stream()
                  .anyMatch(attempt -> attempt.proves(problem.inequality().bound()));
      boolean informs =
          options.effort() == Options.Effort.REPORT && !isLong && !step.kind().isIterative();
      if (!proved || informs) {
        boolean late = isLate(step, goal, attempts);
        listener.begins(step.method());
        attempts.add(
            late
                ? Attempt.none(step, goal.budget().spent(), 0)
                : attempt(
                    step, goal(step, goal, attempts), attempts, step.equals(steps.getLast())));
      }
    }
    return attempts;
  }

  /** Whether there is no time for a step, and a proof without it. */
  private static boolean isLate(Step step, Goal goal, List<Attempt> attempts) {
    if (goal.deadline().isPassed()) {
      return true;
    }
    return goal.budget().isSpent() && !step.kind().alwaysHasATurn() && isProved(attempts);
  }

  /**
   * The goal of a step: some of the budget is kept for a proof. Where there is no proof yet,
   * methods that do not search have no budget.
   */
  private static Goal goal(Step step, Goal goal, List<Attempt> attempts) {
    BoundMethod.Kind kind = step.kind();
    boolean isFallback = !kind.isIterative() && !kind.alwaysHasATurn();
    boolean proved = isProved(attempts);
    return isFallback && !proved ? goal.withoutBudget() : goal.reserving(longestProof(attempts));
  }

  private static Duration longestProof(List<Attempt> attempts) {
    return attempts.stream()
        .map(Attempt::proof)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static BoundMethod search(Step step, Goal goal, List<Attempt> before) {
    BoundMethod.Kind kind = step.kind();
    Optional<String> obstacle = kind.obstacle(step.on());
    if (obstacle.isPresent()) {
      return new NotApplicable(obstacle.get());
    }
    if (!kind.boundsAllElements() && step.on().inequality().ofEachOutput()) {
      // The elements of an output have the same layers before them.
      Optional<List<LayerNorm>> norms =
          norms(before)
              .or(
                  () ->
                      kind.readsNorms()
                          ? Optional.of(LayerNorm.ofAll(step.on(), goal.budget()))
                          : Optional.empty());
      return PerElement.of(
          step.on(),
          step.method().word(),
          element -> element(new Step(step.method(), element), goal, norms, !before.isEmpty()));
    }
    return kind.of(step.on(), goal, norms(before));
  }

  /** The budget ends what comes after the first method: large outputs have many elements. */
  private static BoundMethod element(
      Step element, Goal goal, Optional<List<LayerNorm>> norms, boolean isLater) {
    return isLater && goal.budget().isSpent()
        ? new NotApplicable(goal.budget().spent())
        : element.kind().of(element.on(), goal, norms);
  }

  /**
   * The norms of dense units and convolutions, if a method has proved them; the last one that did.
   */
  static Optional<List<LayerNorm>> norms(List<Attempt> attempts) {
    return attempts.stream()
        .flatMap(attempt -> attempt.bound().layerNorms().stream())
        .reduce((_, later) -> later);
  }

  /**
   * Takes a step, which leaves time for others: for a proof as long as the longest before, which
   * the receiver will check once more, and for the methods that come later.
   */
  private static Attempt attempt(Step step, Goal goal, List<Attempt> before, boolean isLast) {
    Deadline kept = goal.deadline().less(longestProof(before));
    boolean proved = isProved(before);
    boolean cheap = !step.kind().comesFirst() && !step.kind().isIterative();
    Deadline own = isLast ? kept : kept.part(proved ? FOR_ONE : cheap ? FOR_CHEAPEST : FOR_FIRST);
    Step timed = new Step(step.method(), step.on().by(own));
    Duration start = goal.budget().elapsed();
    return Attempts.run(
        () -> attempt(timed, goal.by(own), before, start),
        goal.budget().spent(),
        reason -> Attempt.none(step, reason, seconds(start, goal.budget().elapsed())));
  }

  private static Attempt attempt(Step step, Goal goal, List<Attempt> before, Duration start) {
    BoundMethod bound = search(step, goal, before);
    Duration searched = goal.budget().elapsed();
    Search search = bound.best();
    Duration end = goal.budget().elapsed();
    return new Attempt(step, bound, search, seconds(start, end), end.minus(searched));
  }

  private static double seconds(Duration start, Duration end) {
    return end.minus(start).toNanos() / 1e9;
  }

  private static boolean isProved(List<Attempt> attempts) {
    return attempts.stream().anyMatch(attempt -> attempt.found().isPresent());
  }
}
