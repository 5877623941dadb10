package io.lipc.certifier;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.bound.BoundMethod.Search;
import io.lipc.certifier.bound.LayerNorm;
import io.lipc.certifier.bound.NotApplicable;
import io.lipc.certifier.bound.PerElement;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.lmi.GreedyElimination;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.ElementType;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.UpperBound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Certifies networks with given weights: search, proof, check, and lower bounds. */
public final class Certifier {

  private Certifier() {}

  /**
   * Searches for a proof that {@code network} has the bound of {@code options}.
   *
   * @param weights the tensors that the network names; they are rounded to its precision
   * @param callees the certified networks that it calls, by qualified name
   * @return an answer whose every upper bound comes from a certificate that the checker accepted
   * @throws IllegalArgumentException if a tensor or a callee is missing or has the wrong shape
   */
  public static Certification certify(
      Network network, Weights weights, Map<String, Subject> callees, Options options) {
    return certify(network, weights, callees, options, SearchListener.NONE);
  }

  /**
   * The same, with somebody who is told how the search goes on.
   *
   * @param listener called in this thread
   */
  public static Certification certify(
      Network network,
      Weights weights,
      Map<String, Subject> callees,
      Options options,
      SearchListener listener) {
    if (network.hasFreeWeights()) {
      return StructuralProofs.certify(network);
    }
    Problem problem = problem(network, weights, callees, options);
    Goal goal = goal(options, listener);
    List<Attempt> attempts = attempts(problem.by(goal.deadline()), options, goal, listener);
    Optional<Subject> best = best(problem, attempts);
    if (options.effort() == Options.Effort.PROOF
        && best.isPresent()
        && (options.bound().isEmpty()
            || best.get().certificate().bound() <= problem.claim().bound())) {
      return proved(best.get(), attempts);
    }
    LowerBounds.Found lower = lower(problem, options);
    double asked =
        options.bound().orElse(best.map(subject -> subject.certificate().bound()).orElse(0.0));
    Evidence evidence = evidence(problem, attempts, lower, asked, goal.budget());
    if (best.isPresent() && lower.bound().value() > best.get().certificate().bound()) {
      throw new IllegalStateException(
          "a pair of inputs contradicts an accepted certificate of " + network.name());
    }
    if (lower.pair().isPresent() && options.bound().isPresent() && lower.bound().value() > asked) {
      return new Certification.Violated(lower.pair().get(), best, evidence);
    }
    return best.filter(subject -> subject.certificate().bound() <= asked)
        .<Certification>map(
            subject ->
                new Certification.Certified(
                    subject, new UpperBound(subject.certificate().bound()), evidence))
        .orElse(new Certification.Inconclusive(best, evidence));
  }

  /**
   * Where some weights are free there is no function to evaluate yet, nor is an endless list of
   * units one, nor a group of thousands.
   */
  private static LowerBounds.Found lower(Problem problem, Options options) {
    LowerBounds.Found none = new LowerBounds.Found(new LowerBound(0), Optional.empty());
    return Attempts.orElse(
        () ->
            program(problem)
                .map(
                    program -> LowerBounds.search(program, problem.claim().norms(), options.seed()))
                .orElse(none),
        none);
  }

  /**
   * The least bound that the methods of {@code options} prove of a problem within its budget; empty
   * if they prove none.
   */
  static Optional<Subject> least(Problem problem, Options options, SearchListener listener) {
    Goal goal = goal(options, listener);
    return best(problem, attempts(problem.by(goal.deadline()), options, goal, listener));
  }

  private static Optional<Program> program(Problem problem) {
    return problem.callees().values().stream().allMatch(Subject::isEvaluable)
            && Program.isShort(problem.units(), problem.callees())
        ? Optional.of(
                Program.of(
                    problem.units(), problem.weights(), problem.callees(), problem.deadline()))
            .filter(Program::isEnclosable)
        : Optional.empty();
  }

  /**
   * A lower bound for a build, which has no time for one: about 0.01 s are spent, and 0.1 s where
   * that finds less than {@code enough}.
   *
   * @return 0 where the network is too large for that, or cannot be evaluated yet
   */
  public static LowerBound quickLower(
      Network network,
      Weights weights,
      Map<String, Subject> callees,
      Options options,
      double enough) {
    if (network.hasFreeWeights()) {
      return new LowerBound(0);
    }
    Problem problem = problem(network, weights, callees, options);
    return Attempts.orElse(() -> quickLower(problem, options.seed(), enough), new LowerBound(0));
  }

  private static LowerBound quickLower(Problem problem, long seed, double enough) {
    Optional<Program> program =
        program(problem).filter(whole -> LowerBounds.isWithin(whole, LowerBounds.PRODUCTS));
    LowerBound best = new LowerBound(0);
    for (long products : List.of(LowerBounds.PRODUCTS / 10, LowerBounds.PRODUCTS)) {
      if (program.isPresent() && best.value() < enough) {
        best = LowerBounds.search(program.get(), problem.claim().norms(), seed, products).bound();
      }
    }
    return best;
  }

  static Problem problem(
      Network network, Weights weights, Map<String, Subject> callees, Options options) {
    List<Unit> units = new ArrayList<>(UnitLists.of(network, callees));
    if (!options.outputs().isEmpty()) {
      int size = units.getLast().size();
      List<Integer> outputs = options.outputs();
      boolean distinct = outputs.stream().distinct().count() == outputs.size();
      if (!distinct || outputs.stream().anyMatch(output -> output < 0 || output >= size)) {
        throw new IllegalArgumentException("outputs " + outputs + " of a network with " + size);
      }
      units.add(Unit.select(units.size() - 1, options.outputs()));
    }
    ElementType type = UnitLists.typeOf(network.precision());
    Weights used = UnitLists.weights(units, weights, type);
    return new Problem(
        network.name(),
        type,
        UnitLists.claimOf(network.spec()).bounded(options.bound().orElse(0)),
        List.copyOf(units),
        UnitLists.tensors(units, used),
        used,
        called(units, callees),
        options.deadline());
  }

  /** A certificate is about the networks that its units call, and no others. */
  private static Map<String, Subject> called(List<Unit> units, Map<String, Subject> callees) {
    return units.stream()
        .filter(Unit.Call.class::isInstance)
        .map(unit -> ((Unit.Call) unit).network())
        .distinct()
        .filter(callees::containsKey)
        .collect(Collectors.toUnmodifiableMap(name -> name, callees::get));
  }

  /**
   * A step that was taken.
   *
   * @param seconds of search and proof
   * @param proof how long the proof took, and the check of all that was tried for it
   */
  private record Attempt(
      Step step, BoundMethod bound, Search search, double seconds, Duration proof) {
    boolean proves(double bound) {
      return search instanceof Search.Found found && found.subject().certificate().bound() <= bound;
    }
  }

  /** A proof, and nothing that was not needed for it. */
  private static Certification proved(Subject subject, List<Attempt> attempts) {
    Evidence evidence =
        new Evidence(
            attempts.stream().map(Certifier::report).toList(),
            new LowerBound(0),
            Optional.empty(),
            List.of(),
            Optional.empty());
    return new Certification.Certified(
        subject, new UpperBound(subject.certificate().bound()), evidence);
  }

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

  private static Goal goal(Options options, SearchListener listener) {
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

  private static List<Attempt> attempts(
      Problem problem, Options options, Goal goal, SearchListener listener) {
    boolean isLong = Step.isLong(problem);
    List<Attempt> attempts = new ArrayList<>();
    List<Step> steps = Step.all(problem, options);
    for (Step step : steps) {
      boolean proved =
          options.bound().isPresent()
              && attempts.stream().anyMatch(attempt -> attempt.proves(problem.claim().bound()));
      boolean informs =
          options.effort() == Options.Effort.REPORT && !isLong && !step.kind().isIterative();
      if (!proved || informs) {
        boolean late = isLate(step, goal, attempts);
        listener.begins(step.method());
        attempts.add(
            late
                ? late(step, goal)
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
    return goal.budget().isSpent()
        && !step.kind().alwaysHasATurn()
        && attempts.stream().anyMatch(attempt -> attempt.search() instanceof Search.Found);
  }

  private static Attempt late(Step step, Goal goal) {
    NotApplicable none = new NotApplicable(goal.budget().spent());
    return new Attempt(step, none, none.best(), 0, Duration.ZERO);
  }

  /**
   * The goal of a step: some of the budget is kept for a proof. Where there is none yet, what does
   * not search takes its time.
   */
  private static Goal goal(Step step, Goal goal, List<Attempt> attempts) {
    BoundMethod.Kind kind = step.kind();
    boolean isFallback = !kind.isIterative() && !kind.alwaysHasATurn();
    boolean proved =
        attempts.stream().anyMatch(attempt -> attempt.search() instanceof Search.Found);
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
    if (!kind.boundsAllElements() && step.on().claim().ofEachOutput()) {
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
  private static Optional<List<LayerNorm>> norms(List<Attempt> attempts) {
    return attempts.stream()
        .flatMap(attempt -> attempt.bound().layerNorms().stream())
        .reduce((_, later) -> later);
  }

  /**
   * Takes a step, which leaves time for others: for a proof as long as the longest before, which
   * whoever gets it will check once more, and for the methods that come later.
   */
  private static Attempt attempt(Step step, Goal goal, List<Attempt> before, boolean isLast) {
    Deadline kept = goal.deadline().less(longestProof(before));
    boolean proved = before.stream().anyMatch(attempt -> attempt.search() instanceof Search.Found);
    boolean cheap = !step.kind().comesFirst() && !step.kind().isIterative();
    Deadline own = isLast ? kept : kept.part(proved ? FOR_ONE : cheap ? FOR_CHEAPEST : FOR_FIRST);
    Step timed = new Step(step.method(), step.on().by(own));
    Duration start = goal.budget().elapsed();
    return Attempts.run(
        () -> attempt(timed, goal.by(own), before, start),
        goal.budget().spent(),
        reason -> {
          NotApplicable none = new NotApplicable(reason);
          double seconds = goal.budget().elapsed().minus(start).toNanos() / 1e9;
          return new Attempt(step, none, none.best(), seconds, Duration.ZERO);
        });
  }

  private static Attempt attempt(Step step, Goal goal, List<Attempt> before, Duration start) {
    BoundMethod bound = search(step, goal, before);
    Duration searched = goal.budget().elapsed();
    Search search = bound.best();
    Duration end = goal.budget().elapsed();
    return new Attempt(step, bound, search, end.minus(start).toNanos() / 1e9, end.minus(searched));
  }

  /** The least bound; if it misses the declared one by its margin, that itself is tried. */
  private static Optional<Subject> best(Problem problem, List<Attempt> attempts) {
    Optional<Subject> best =
        attempts.stream()
            .map(Attempt::search)
            .filter(Search.Found.class::isInstance)
            .map(search -> ((Search.Found) search).subject())
            .min(Comparator.comparingDouble(subject -> subject.certificate().bound()));
    double declared = problem.claim().bound();
    boolean within =
        best.map(subject -> subject.certificate().bound())
            .filter(bound -> bound > declared && bound <= declared * (1 + 1e-6))
            .isPresent();
    if (!within) {
      return best;
    }
    return Attempts.orElse(
        () ->
            attempts.stream()
                .flatMap(attempt -> attempt.bound().at(declared).stream())
                .findFirst()
                .or(() -> best),
        best);
  }

  private static Evidence evidence(
      Problem problem,
      List<Attempt> attempts,
      LowerBounds.Found lower,
      double asked,
      Budget budget) {
    Optional<GreedyElimination.Result> elimination =
        attempts.stream().flatMap(attempt -> attempt.bound().elimination().stream()).findFirst();
    List<LayerNorm> norms =
        Attempts.orElse(
            () -> norms(attempts).orElseGet(() -> LayerNorm.ofAll(problem, budget)), List.of());
    LayerReports layers = LayerReports.of(problem, norms, elimination, asked);
    return new Evidence(
        attempts.stream().map(Certifier::report).toList(),
        lower.bound(),
        lower.pair(),
        layers.layers(),
        layers.blamed());
  }

  private static MethodReport report(Attempt attempt) {
    return switch (attempt.search()) {
      case Search.Found found ->
          new MethodReport(
              attempt.step().method(),
              attempt.step().on().calls(),
              Optional.of(new UpperBound(found.subject().certificate().bound())),
              attempt.seconds(),
              attempt.bound().limit(),
              Optional.empty());
      case Search.Failed failed ->
          new MethodReport(
              attempt.step().method(),
              attempt.step().on().calls(),
              Optional.empty(),
              attempt.seconds(),
              attempt.bound().limit(),
              Optional.of(failed.reason()));
    };
  }
}
