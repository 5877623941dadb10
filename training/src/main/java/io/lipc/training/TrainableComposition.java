package io.lipc.training;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.StandardisingForm;
import io.lipc.model.WeightsSource;
import io.lipc.training.JointParameterization.Part;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.FrozenComposition;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.parameterization.FactorizationException;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.run.TrainingResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A network that calls others, of which those with a construction are trained together, from one
 * loss at its output; given weights stay as they are. A network that is called twice has one set of
 * weights. Each trained network is certified by itself, as ever, and the whole from these
 * certificates.
 */
public final class TrainableComposition implements Trainable {

  private final CheckedNetwork whole;
  private final Map<String, CheckedNetwork> called = new LinkedHashMap<>();
  private final Map<String, GivenWeights> given;
  private final Map<String, TrainableNetwork> trained = new LinkedHashMap<>();
  private final Map<String, KernelGraph> graphs = new TreeMap<>();

  /** The proved networks that depend on no free parameter, by name. */
  private final Map<String, Subject> settled = new TreeMap<>();

  private final KernelGraph graph;
  private final JointParameterization parameterization;

  private TrainableComposition(
      CheckedNetwork whole, List<CheckedNetwork> called, Map<String, GivenWeights> given)
      throws FreezingException {
    this.whole = whole;
    this.given = Map.copyOf(given);
    requireTrainable(whole.network());
    for (CheckedNetwork one : called) {
      Network network = one.network();
      requireTrainable(network);
      this.called.put(network.name(), one);
      graphs.put(network.name(), Lowering.lower(one));
      if (network.weights() instanceof WeightsSource.Parameterized) {
        trained.put(network.name(), TrainableNetwork.of(one));
      } else if (calls(network).stream().allMatch(settled::containsKey)) {
        settled.put(network.name(), proved(network, settled));
      }
    }
    this.graph = Lowering.lower(whole);
    this.parameterization = new JointParameterization(parts(), fixed());
  }

  /**
   * A network with those that it reaches by calls.
   *
   * @param whole bounded from l2 to l2
   * @param called all networks that it reaches, each after those that it calls itself
   * @param given the weights of those that name a file and declare no construction, by qualified
   *     name, {@code whole} included
   * @throws IllegalArgumentException if none of {@code called} declares a construction, or one has
   *     a layer that cannot be trained through
   * @throws FreezingException if the declared bound of a network with given weights is not proved
   */
  public static TrainableComposition of(
      CheckedNetwork whole, List<CheckedNetwork> called, Map<String, GivenWeights> given)
      throws FreezingException {
    Property.Lipschitz spec = whole.network().lipschitz();
    if (spec.inputNorm() != Norm.L2 || spec.outputNorm() != Norm.L2) {
      throw new IllegalArgumentException(whole.network().name() + " is not bounded from l2 to l2");
    }
    TrainableNetwork.requireNumbers(whole.network());
    TrainableComposition composition = new TrainableComposition(whole, called, given);
    if (composition.trained.isEmpty()) {
      throw new IllegalArgumentException(
          whole.network().name() + " calls no network that declares a construction");
    }
    return composition;
  }

  /**
   * Refuses a layer {@code batch_norm}: statistics are no weights, and layers behind them read
   * other units.
   */
  private static void requireTrainable(Network network) {
    if (StandardisingForm.standardises(network)) {
      throw new IllegalArgumentException(statistics(network));
    }
  }

  /**
   * The message about a network whose layer {@code batch_norm} would have to be trained through.
   */
  public static String statistics(Network network) {
    return network.name()
        + " has a layer `batch_norm`, and nothing is trained through that; --standardise fits the"
        + " statistics of a network `x |> batch_norm |> Inner`, and trains Inner";
  }

  private static List<String> calls(Network network) {
    return network.layers().stream()
        .filter(Layer.Call.class::isInstance)
        .map(layer -> ((Layer.Call) layer).network())
        .toList();
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    trained.forEach((name, one) -> parts.add(new Part(prefix(name), one.construction())));
    return parts;
  }

  /**
   * The prefix that {@link io.lipc.kernels.pass.Inlining} gives to the tensors of a called network.
   */
  private static String prefix(String network) {
    return network + "/";
  }

  private SortedMap<String, double[]> fixed() {
    SortedMap<String, double[]> fixed = new TreeMap<>();
    given.forEach(
        (name, weights) -> {
          String prefix = name.equals(whole.network().name()) ? "" : prefix(name);
          for (Tensor tensor : weights.weights().tensors().values()) {
            fixed.put(prefix + tensor.name(), tensor.values());
          }
        });
    return fixed;
  }

  @Override
  public Network network() {
    return whole.network();
  }

  /** The networks that are trained, callees first. */
  public List<TrainableNetwork> trained() {
    return List.copyOf(trained.values());
  }

  /** The networks that are reached by calls and stay as they are, by qualified name. */
  public Map<String, Network> others() {
    Map<String, Network> others = new TreeMap<>();
    called.forEach((name, one) -> others.put(name, one.network()));
    others.keySet().removeAll(trained.keySet());
    return others;
  }

  @Override
  public KernelGraph graph() {
    return graph;
  }

  @Override
  public Map<String, KernelGraph> callees() {
    return Collections.unmodifiableMap(graphs);
  }

  @Override
  public JointParameterization parameterization() {
    return parameterization;
  }

  @Override
  public double lossBound() {
    return network().lipschitz().bound();
  }

  /** The trained network whose outputs are those of the whole, where there is one. */
  private Optional<String> last() {
    Network network = network();
    while (network.layers().getLast() instanceof Layer.Call call) {
      if (trained.containsKey(call.network())) {
        return Optional.of(call.network());
      }
      network = Lookup.in(called, call.network()).network();
    }
    return Optional.empty();
  }

  /**
   * A bound of the whole that holds whatever training brings, as far as it follows from the bounds
   * that the called networks declare; infinite where none does.
   *
   * @throws FreezingException if the weights at the start have no proof
   */
  public double boundBeforeTraining() throws FreezingException {
    try {
      double[] start = parameterization.initial(new SplittableRandom(1));
      Materialized weights = parameterization.materialize(start);
      Map<String, Subject> subjects = subjects(frozen(start, weights.tensors()));
      return best(network(), subjects, Method.NORM_PRODUCT, OptionalDouble.empty())
          .map(subject -> subject.certificate().lipschitz().bound())
          .orElse(Double.POSITIVE_INFINITY);
    } catch (FactorizationException e) {
      throw new FreezingException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public FrozenComposition freeze(TrainingResult<?> result) throws FreezingException {
    FrozenComposition frozen = freeze(result.parameters(), result.tensors());
    return result.labels().map(names -> frozen.with(names, last())).orElse(frozen);
  }

  private FrozenComposition freeze(double[] parameters, SortedMap<String, double[]> tensors)
      throws FreezingException {
    List<FrozenNetwork> frozen = frozen(parameters, tensors);
    Network network = network();
    Subject subject =
        best(network, subjects(frozen), Method.AUTO, OptionalDouble.of(network.lipschitz().bound()))
            .orElseThrow(
                () -> new FreezingException("no bound of " + network.name() + " is proved"));
    return new FrozenComposition(subject, TrainableNetwork.claims(network, subject), frozen);
  }

  /** Each of them by itself. */
  private List<FrozenNetwork> frozen(double[] parameters, SortedMap<String, double[]> tensors)
      throws FreezingException {
    List<Materialized> made = parameterization.each(parameters);
    List<FrozenNetwork> frozen = new ArrayList<>();
    for (TrainableNetwork one : trained.values()) {
      int k = frozen.size();
      frozen.add(
          one.freeze(parameterization.parts().get(k).own(tensors), made.get(k).multipliers()));
    }
    return frozen;
  }

  /** All networks that are reached, with their weights. */
  private Map<String, Subject> subjects(List<FrozenNetwork> frozen) throws FreezingException {
    Map<String, Subject> subjects = new TreeMap<>(settled);
    frozen.forEach(one -> subjects.put(one.name(), one.subject()));
    for (CheckedNetwork one : called.values()) {
      String name = one.network().name();
      if (!subjects.containsKey(name)) {
        subjects.put(name, proved(one.network(), subjects));
      }
    }
    return subjects;
  }

  /** A called network at its declared bound: its callers were compiled with that. */
  private Subject proved(Network network, Map<String, Subject> callees) throws FreezingException {
    double declared = network.lipschitz().bound();
    Optional<Subject> best =
        carried(network, callees)
            .or(() -> best(network, callees, Method.AUTO, OptionalDouble.of(declared)));
    if (best.filter(subject -> subject.certificate().lipschitz().bound() <= declared).isPresent()) {
      return best.get();
    }
    throw new FreezingException(
        "%s is called, and declares the bound %s, which is not proved: %s"
            .formatted(
                network.name(),
                Decimals.plain(declared),
                best.map(subject -> Decimals.up(subject.certificate().lipschitz().bound()))
                    .map(bound -> "declare `certify lipschitz <= " + bound + ";`")
                    .orElse("nothing is")));
  }

  /**
   * The proof of given weights, by the certificate that they carry, where that is about this
   * network: a search may not find again what a construction knew.
   */
  private Optional<Subject> carried(Network network, Map<String, Subject> subjects) {
    double declared = network.lipschitz().bound();
    Map<String, Subject> callees = callees(network, subjects);
    return Optional.ofNullable(given.get(network.name()))
        .flatMap(GivenWeights::carried)
        .map(certificate -> certificate.named(network.name()))
        .filter(certificate -> isAbout(network, callees, certificate))
        .map(certificate -> certificate.declaring(network.name(), declared))
        .map(
            certificate ->
                new Subject(
                    certificate, CertificateText.digest(certificate), own(network), callees))
        .filter(Subject::isEvaluable)
        .filter(subject -> CertificateChecker.check(subject) instanceof Verdict.Accepted);
  }

  private static boolean isAbout(
      Network network, Map<String, Subject> callees, Certificate certificate) {
    return !certificate.hasFreeWeights()
        && certificate.units().equals(UnitLists.of(network, callees))
        && certificate.type() == network.precision()
        && FurtherSearch.isProvedBy(network.lipschitz(), certificate.claim());
  }

  private Weights own(Network network) {
    return Optional.ofNullable(given.get(network.name()))
        .map(GivenWeights::weights)
        .orElseGet(() -> Weights.of(List.of()));
  }

  private static Map<String, Subject> callees(Network network, Map<String, Subject> subjects) {
    Map<String, Subject> callees = new TreeMap<>(subjects);
    callees.keySet().retainAll(calls(network));
    return callees;
  }

  private Optional<Subject> best(
      Network network, Map<String, Subject> subjects, Method method, OptionalDouble bound) {
    Map<String, Subject> callees = callees(network, subjects);
    Weights own = own(network);
    Options options = new Options(method, bound, List.of(), 1, Options.Effort.PROOF);
    return switch (Certifier.certify(network, own, callees, options)) {
      case Certification.Certified certified -> Optional.of(certified.subject());
      case Certification.Inconclusive inconclusive -> inconclusive.best();
      case Certification.Violated violated -> violated.best();
    };
  }
}
