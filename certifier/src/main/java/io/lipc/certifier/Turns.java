package io.lipc.certifier;

import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.bound.BoundMethod.Search;
import io.lipc.certifier.bound.LayerNorm;
import io.lipc.certifier.bound.NotApplicable;
import io.lipc.certifier.bound.PerElement;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The methods take turns, each with its share of the time: so that the cheapest is not left what
 * others leave, and what was found can be proved (ADR 49).
 */
final class Turns {

  private Turns() {}

  /** Takes the steps, those that are of use, and says what came of each. */
  static List<Attempt> of(Problem problem, Options options, Goal goal, SearchListener listener) {
    Policy policy = Policy.of(problem, options);
    List<Step> steps =
        Step.all(
            problem,
            options.method() == Method.AUTO ? policy.order(problem) : List.of(options.method()));
    List<Attempt> attempts = new ArrayList<>();
    for (Step step : steps) {
      if (!isEnough(problem, options, attempts) || policy.informs(step.rung())) {
        boolean late = Policy.isLate(step.rung(), goal, isProved(attempts));
        listener.begins(step.method());
        attempts.add(
            late
                ? Attempt.none(step, goal.budget().spent(), 0)
                : attempt(step, goal, attempts, step.equals(steps.getLast())));
      }
    }
    return attempts;
  }

  /** Whether the bound that was asked for is proved. */
  private static boolean isEnough(Problem problem, Options options, List<Attempt> attempts) {
    double asked = problem.inequality().bound();
    return options.bound().isPresent()
        && attempts.stream().anyMatch(attempt -> attempt.proves(asked));
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
    Duration proof = longestProof(before);
    boolean proved = isProved(before);
    Goal own = Policy.goal(step.rung(), goal, proved, proof);
    Deadline kept = own.deadline().less(proof);
    Deadline end = isLast ? kept : kept.part(Policy.share(step.rung(), proved));
    Step timed = new Step(step.method(), step.on().by(end));
    Duration start = own.budget().elapsed();
    return Attempts.run(
        () -> attempt(timed, own.by(end), before, start),
        own.budget()::spent,
        reason -> Attempt.none(step, reason, seconds(start, own.budget().elapsed())));
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
