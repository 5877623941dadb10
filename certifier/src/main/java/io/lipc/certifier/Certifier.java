package io.lipc.certifier;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.BoundMethod.Search;
import io.lipc.certifier.Certification.Evidence;
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
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Certifies networks with given weights, in l2: search, proof, check, and lower bounds. */
public final class Certifier {

  /**
   * Block elimination of more coordinates takes seconds: then norms come first, and no second
   * method is run for information alone.
   */
  private static final int MAX_CHEAP_COORDINATES = 1500;

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
    List<Attempt> attempts = attempts(problem, options, listener);
    Optional<Subject> best = best(problem, attempts);
    if (options.effort() == Options.Effort.PROOF
        && best.isPresent()
        && (options.bound().isEmpty() || best.get().certificate().bound() <= problem.declared())) {
      return proved(best.get(), attempts);
    }
    LowerBounds.Found lower = lower(problem, options);
    double asked =
        options.bound().orElse(best.map(subject -> subject.certificate().bound()).orElse(0.0));
    Evidence evidence = evidence(problem, attempts, lower, asked);
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

  /** Where some weights are free, there is no function to evaluate yet. */
  private static LowerBounds.Found lower(Problem problem, Options options) {
    return problem.callees().values().stream().allMatch(Subject::isEvaluable)
        ? LowerBounds.search(
            Program.of(problem.units(), problem.weights(), problem.callees()), options.seed())
        : new LowerBounds.Found(new LowerBound(0), Optional.empty());
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
      units.add(new Unit.Select(units.size() - 1, options.outputs()));
    }
    ElementType type = UnitLists.typeOf(network.precision());
    Weights used = UnitLists.weights(units, weights, type);
    return new Problem(
        network.name(),
        type,
        options.bound().orElse(0),
        List.copyOf(units),
        UnitLists.tensors(units, used),
        used,
        Map.copyOf(callees));
  }

  /** A method that ran. */
  private record Attempt(BoundMethod method, Search search, double seconds) {
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

  private static List<Attempt> attempts(Problem problem, Options options, SearchListener listener) {
    boolean large = LayerwiseLmi.coordinates(problem) > MAX_CHEAP_COORDINATES;
    OptionalDouble enough =
        options.effort() == Options.Effort.PROOF ? options.bound() : OptionalDouble.empty();
    Goal goal = new Goal(enough, Budget.of(options.budget()), listener);
    List<Attempt> attempts = new ArrayList<>();
    for (Method method : order(problem, options, large)) {
      boolean proved =
          options.bound().isPresent()
              && attempts.stream().anyMatch(attempt -> attempt.proves(problem.declared()));
      boolean informs = options.effort() == Options.Effort.REPORT && !large && !isIterative(method);
      if (!proved || informs) {
        listener.begins(method);
        attempts.add(attempt(() -> method(method, problem, goal, attempts)));
      }
    }
    return attempts;
  }

  /** Whether a method may take the whole budget. */
  private static boolean isIterative(Method method) {
    return method == Method.LIPSDP_LAYER || method == Method.LIPSDP_NEURON;
  }

  /** For a proof alone, the method that proves more comes first as long as it is cheap. */
  private static List<Method> order(Problem problem, Options options, boolean large) {
    if (!options.method().isSearch()) {
      throw new IllegalArgumentException(options.method().word() + " is not a search");
    }
    if (options.method() != Method.AUTO) {
      return List.of(options.method());
    }
    List<Method> all = new ArrayList<>(List.of(Method.NORM_PRODUCT));
    if (ScalarLmi.applies(problem)) {
      all.add(Method.SCALAR_LMI);
    }
    boolean last = options.effort() == Options.Effort.REPORT || large;
    all.add(last ? all.size() : 0, Method.LAYERWISE_LMI);
    // Without matrices, the inequality over whole signals has the same optimum.
    if (problem.units().stream().anyMatch(Unit.Dense.class::isInstance)) {
      all.addAll(List.of(Method.LIPSDP_LAYER, Method.LIPSDP_NEURON));
    }
    return List.copyOf(all);
  }

  private static BoundMethod method(
      Method method, Problem problem, Goal goal, List<Attempt> before) {
    return switch (method) {
      case NORM_PRODUCT -> new NormProduct(problem, LayerNorm.ofAll(problem));
      case SCALAR_LMI ->
          ScalarLmi.of(problem, norms(before).orElseGet(() -> LayerNorm.ofAll(problem)));
      case LAYERWISE_LMI -> LayerwiseLmi.of(problem, goal);
      case LIPSDP_LAYER -> LipSdp.perLayer(problem, goal);
      case LIPSDP_NEURON -> LipSdp.perNeuron(problem, goal);
      case AUTO, LDLT_CONSTRUCTION, GIVEN_MULTIPLIERS ->
          throw new IllegalArgumentException(method.word() + " is not one search");
    };
  }

  /** The norms of the dense units, if a method has proved them. */
  private static Optional<List<LayerNorm>> norms(List<Attempt> attempts) {
    Optional<List<LayerNorm>> norms = Optional.empty();
    for (Attempt attempt : attempts) {
      switch (attempt.method()) {
        case NormProduct product -> norms = Optional.of(product.norms());
        case ScalarLmi scalar -> norms = Optional.of(scalar.norms());
        case LayerwiseLmi _, LipSdp _ -> {}
      }
    }
    return norms;
  }

  private static Attempt attempt(Supplier<BoundMethod> method) {
    long start = System.nanoTime();
    BoundMethod made = method.get();
    Search search = made.best();
    return new Attempt(made, search, (System.nanoTime() - start) / 1e9);
  }

  /** The least bound; if it misses the declared one by its margin, that itself is tried. */
  private static Optional<Subject> best(Problem problem, List<Attempt> attempts) {
    Optional<Subject> best =
        attempts.stream()
            .map(Attempt::search)
            .filter(Search.Found.class::isInstance)
            .map(search -> ((Search.Found) search).subject())
            .min(Comparator.comparingDouble(subject -> subject.certificate().bound()));
    double declared = problem.declared();
    boolean within =
        best.map(subject -> subject.certificate().bound())
            .filter(bound -> bound > declared && bound <= declared * (1 + 1e-6))
            .isPresent();
    if (!within) {
      return best;
    }
    return attempts.stream()
        .flatMap(attempt -> attempt.method().at(declared).stream())
        .findFirst()
        .or(() -> best);
  }

  private static Evidence evidence(
      Problem problem, List<Attempt> attempts, LowerBounds.Found lower, double asked) {
    Optional<GreedyElimination.Result> elimination =
        attempts.stream()
            .map(Attempt::method)
            .filter(LayerwiseLmi.class::isInstance)
            .flatMap(method -> ((LayerwiseLmi) method).elimination().stream())
            .findFirst();
    List<LayerNorm> norms = norms(attempts).orElseGet(() -> LayerNorm.ofAll(problem));
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
              attempt.method().method(),
              Optional.of(new UpperBound(found.subject().certificate().bound())),
              attempt.seconds(),
              attempt.method().limit(),
              Optional.empty());
      case Search.Failed failed ->
          new MethodReport(
              attempt.method().method(),
              Optional.empty(),
              attempt.seconds(),
              attempt.method().limit(),
              Optional.of(failed.reason()));
    };
  }
}
