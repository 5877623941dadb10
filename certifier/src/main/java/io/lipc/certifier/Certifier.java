package io.lipc.certifier;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.bound.LayerNorm;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.lmi.GreedyElimination;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.ElementType;
import io.lipc.formats.Weights;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  public static Certification.OfBound certify(
      Network network, Weights weights, Map<String, Subject> callees, Options options) {
    return certify(network, weights, callees, options, SearchListener.NONE);
  }

  /**
   * The same, with a listener to the search.
   *
   * @param listener called in this thread
   */
  public static Certification.OfBound certify(
      Network network,
      Weights weights,
      Map<String, Subject> callees,
      Options options,
      SearchListener listener) {
    if (network.hasFreeWeights()) {
      return StructuralProofs.certify(network);
    }
    Problem problem = problem(network, weights, callees, options);
    Goal goal = Policy.goal(options, listener);
    List<Attempt> attempts = Turns.of(problem.by(goal.deadline()), options, goal, listener);
    Optional<Subject> best = best(problem, attempts);
    if (options.effort() == Options.Effort.PROOF
        && best.isPresent()
        && (options.bound().isEmpty()
            || best.get().certificate().inequality().bound() <= problem.inequality().bound())) {
      return proved(best.get(), attempts);
    }
    LowerBounds.Found lower = pair(problem, options);
    double asked =
        options
            .bound()
            .orElse(best.map(subject -> subject.certificate().inequality().bound()).orElse(0.0));
    Evidence evidence = evidence(problem, attempts, lower, asked, goal.budget());
    if (best.isPresent() && lower.bound().value() > best.get().certificate().inequality().bound()) {
      throw new IllegalStateException(
          "a pair of inputs contradicts an accepted certificate of " + network.name());
    }
    if (lower.pair().isPresent() && options.bound().isPresent() && lower.bound().value() > asked) {
      return new Certification.Violated(lower.pair().get(), best, evidence);
    }
    return best.filter(subject -> subject.certificate().inequality().bound() <= asked)
        .<Certification.OfBound>map(
            subject ->
                new Certification.Certified(
                    subject, new UpperBound(subject.certificate().inequality().bound()), evidence))
        .orElse(new Certification.Inconclusive(best, evidence));
  }

  /**
   * A lower bound, if there is a function to evaluate: with free weights there is none yet, and
   * endless lists of units or groups of thousands would take too long.
   */
  static LowerBounds.Found pair(Problem problem, Options options) {
    return pair(problem, options, LowerBounds.PRODUCTS);
  }

  /** The same with so much work; a search that does not end by its deadline finds nothing. */
  static LowerBounds.Found pair(Problem problem, Options options, long products) {
    LowerBounds.Found none = new LowerBounds.Found(new LowerBound(0), Optional.empty());
    return Attempts.orElse(
        () ->
            program(problem)
                .map(
                    program ->
                        LowerBounds.search(
                            program, problem.inequality().norms(), options.seed(), products))
                .orElse(none),
        none);
  }

  /** The ratio that two inputs of a problem reach; 0 where none are found. */
  static LowerBound lower(Problem problem, Options options) {
    return pair(problem, options).bound();
  }

  /**
   * The least bound that the methods of {@code options} prove of a problem within its budget; empty
   * if they prove none.
   */
  static Optional<Subject> least(Problem problem, Options options, SearchListener listener) {
    Goal goal = Policy.goal(options, listener);
    return best(problem, Turns.of(problem.by(goal.deadline()), options, goal, listener));
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
        program(problem).filter(whole -> LowerBounds.isWithin(whole, LowerBounds.QUICK));
    LowerBound best = new LowerBound(0);
    for (long products : List.of(LowerBounds.QUICK / 10, LowerBounds.QUICK)) {
      if (program.isPresent() && best.value() < enough) {
        best =
            LowerBounds.search(program.get(), problem.inequality().norms(), seed, products).bound();
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
    ElementType type = network.precision();
    Weights used = UnitLists.weights(units, weights, type);
    return new Problem(
        network.name(),
        type,
        UnitLists.claimOf(network.lipschitz(), options.bound().orElse(0)),
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

  /** A proof, and nothing that was not needed for it. */
  private static Certification.OfBound proved(Subject subject, List<Attempt> attempts) {
    Evidence evidence =
        new Evidence(
            attempts.stream().map(Attempt::report).toList(),
            new LowerBound(0),
            Optional.empty(),
            List.of(),
            Optional.empty());
    return new Certification.Certified(
        subject, new UpperBound(subject.certificate().inequality().bound()), evidence);
  }

  /** The least bound; if it misses the declared one by its margin, that itself is tried. */
  private static Optional<Subject> best(Problem problem, List<Attempt> attempts) {
    Optional<Subject> best =
        attempts.stream()
            .flatMap(attempt -> attempt.found().stream())
            .min(Comparator.comparingDouble(subject -> subject.certificate().inequality().bound()));
    double declared = problem.inequality().bound();
    boolean within =
        best.map(subject -> subject.certificate().inequality().bound())
            .filter(bound -> bound > declared && bound <= declared * (1 + 1e-6))
            .isPresent();
    if (!within || problem.hasRoundedSlopes()) {
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
            () -> Turns.norms(attempts).orElseGet(() -> LayerNorm.ofAll(problem, budget)),
            List.of());
    LayerReports layers = LayerReports.of(problem, norms, elimination, asked);
    return new Evidence(
        attempts.stream().map(Attempt::report).toList(),
        lower.bound(),
        lower.pair(),
        layers.layers(),
        layers.blamed());
  }
}
