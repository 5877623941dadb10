package io.lipc.training;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.LeastLengths;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.DividedLengths;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.GivenMultipliers;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.SearchListener;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Lowering;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.WeightsSource;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.parameterization.Construction;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Multipliers;
import io.lipc.training.run.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.DoubleFunction;

/**
 * A network that declares a construction, such as {@code parameters ldlt}, from free parameters to
 * certified weights:
 *
 * <pre>{@code
 * TrainableNetwork network = TrainableNetwork.of(IrisNetwork.class);
 * Dataset data = CsvData.read(Path.of("iris.csv"), 5);
 * var result = network.train(data, TrainingOptions.defaults(), ProgressListener.NONE);
 * network.freeze(result).write(Path.of("iris.safetensors"));
 * IrisNetwork iris = IrisNetwork.load(Path.of("iris.safetensors"));
 * }</pre>
 */
public final class TrainableNetwork implements Trainable {

  private final Network network;
  private final KernelGraph graph;
  private final double target;
  private final Construction construction;

  private TrainableNetwork(
      CheckedNetwork checked, double margin, DoubleFunction<? extends Construction> construction) {
    this.network = checked.network();
    Property.Lipschitz spec = network.lipschitz();
    if (spec.inputNorm() != Norm.L2 || spec.outputNorm() != Norm.L2) {
      throw new IllegalArgumentException(network.name() + " is not bounded from l2 to l2");
    }
    requireNumbers(network);
    this.graph = Lowering.lower(checked);
    this.target = (1 - margin) * spec.bound();
    this.construction = construction.apply(target);
  }

  /** Refuses units that stand in the file of weights, which training writes anew. */
  static void requireNumbers(Network network) {
    for (Property.Further property : network.further()) {
      if (property instanceof Property.Scaled(_, Property.Scale.OfTensor(String tensor))) {
        throw new IllegalArgumentException(
            "%s takes the units of its inputs from the tensor %s of its file of weights, which training writes anew; write the units as numbers, `per [0.5, 2.0]`"
                .formatted(network.name(), Quoted.code(tensor)));
      }
    }
  }

  /**
   * A declared network.
   *
   * @throws IllegalArgumentException if it declares no construction
   */
  public static TrainableNetwork of(CheckedNetwork checked) {
    if (!(checked.network().weights() instanceof WeightsSource.Parameterized)) {
      throw new IllegalArgumentException(checked.network().name() + " declares no construction");
    }
    return declared(checked);
  }

  /**
   * A network whose construction the language cannot declare, such as {@link
   * io.lipc.training.parameterization.SllChain}. Its weights are certified all the same: a
   * construction only says where they come from.
   *
   * @param checked a network without calls, from l2 to l2; a construction that it declares is
   *     replaced
   * @param construction gives the tensors of {@code checked}, by the same names; its argument is
   *     the bound to make them for, a little less than the declared one
   */
  public static TrainableNetwork of(
      CheckedNetwork checked, DoubleFunction<? extends Construction> construction) {
    return new TrainableNetwork(checked, Constructions.MARGIN, construction);
  }

  private static TrainableNetwork declared(CheckedNetwork checked) {
    Constructions made = Constructions.of(checked.network());
    return new TrainableNetwork(checked, made.margin(), made.weights());
  }

  /**
   * The network of a class that lipc generated, whose weights were free then.
   *
   * @throws IllegalArgumentException if it is another kind of class, or its certificate is missing
   */
  public static TrainableNetwork of(Class<? extends LipschitzNetwork> generated) {
    return declared(GeneratedNetwork.of(generated));
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public KernelGraph graph() {
    return graph;
  }

  /** The map from free parameters to weights. */
  public Construction construction() {
    return construction;
  }

  /** Such a network calls no other. */
  @Override
  public Map<String, KernelGraph> callees() {
    return Map.of();
  }

  @Override
  public Construction parameterization() {
    return construction;
  }

  @Override
  public double lossBound() {
    return target;
  }

  /**
   * Rounds weights to the network's precision and certifies the rounded ones: with the multipliers
   * of the construction, by one factorisation; by every search of the certifier if there are none,
   * or if rounding has defeated them.
   *
   * @param materialized what {@link #construction()} made
   * @return weights whose certificate the checker has accepted, at the declared bound, or at the
   *     least one that a search has proved
   * @throws FreezingException if a weight overflows, or no proof was found
   */
  public FrozenNetwork freeze(Materialized materialized) throws FreezingException {
    return freeze(materialized.tensors(), materialized.multipliers());
  }

  /** The same, of tensors that {@link #construction()} made with these multipliers. */
  FrozenNetwork freeze(SortedMap<String, double[]> tensors, List<double[]> multipliers)
      throws FreezingException {
    Weights weights = rounded(tensors);
    requireLengths(weights);
    Optional<Subject> subject =
        construction.hasMultipliers() ? proved(weights, multipliers) : Optional.empty();
    Subject proved = subject.isPresent() ? subject.get() : search(weights);
    return new FrozenNetwork(proved, claims(network, proved));
  }

  /** Training moves the vectors that are divided by their lengths. */
  private void requireLengths(Weights weights) throws FreezingException {
    List<Unit> units = UnitLists.of(network, Map.of());
    List<LeastLengths.Known> lacking = DividedLengths.notProved(network, units, weights, Map.of());
    if (!lacking.isEmpty()) {
      LeastLengths.Known known = lacking.getFirst();
      throw new FreezingException(
          "%s divides by lengths of at least %s (layer %d, l2_normalize), and with the trained weights they are only known to be at least %s; declare a smaller box of the inputs, or a smaller length"
              .formatted(network.name(), known.declared(), known.unit(), known.proved()));
    }
  }

  /** The claims of a network beside its bound. */
  static List<Subject> claims(Network network, Subject proved) throws FreezingException {
    List<Subject> claims = new ArrayList<>();
    for (Property.Further property : network.further()) {
      claims.add(
          FurtherSearch.certify(
                  property,
                  proved,
                  Optional.of(FurtherSearch.budget(Options.BUDGET)),
                  Deadline.NONE,
                  SearchListener.NONE)
              .orElseThrow(
                  () ->
                      new FreezingException(
                          "`certify %s`, which the declaration asks for, is not proved"
                              .formatted(property.word()))));
    }
    return claims;
  }

  /**
   * The weights that training found, certified as {@link #freeze(Materialized)} does it; the file
   * keeps the names of classes.
   */
  @Override
  public FrozenNetwork freeze(TrainingResult<?> result) throws FreezingException {
    FrozenNetwork frozen = freeze(result.materialized());
    return result.labels().map(frozen::with).orElse(frozen);
  }

  private Optional<Subject> proved(Weights weights, List<double[]> multipliers) {
    double bound = network.lipschitz().bound();
    double excess = (bound / target) * (bound / target);
    return GivenMultipliers.prove(
        network, weights, Map.of(), Multipliers.spread(multipliers, excess), bound);
  }

  /**
   * Layers that have their norms by construction are proved by these in no time, and again at each
   * loading.
   */
  private Subject search(Weights weights) throws FreezingException {
    if (!construction.hasMultipliers()
        && certify(weights, Method.NORM_PRODUCT)
            instanceof Certification.Certified(Subject subject, _, _)) {
      return subject;
    }
    return searched(certify(weights, Method.AUTO));
  }

  private Certification.OfBound certify(Weights weights, Method method) {
    double bound = network.lipschitz().bound();
    Options options =
        new Options(method, OptionalDouble.of(bound), List.of(), 1, Options.Effort.PROOF);
    Network given =
        new Network(
            network.name(),
            network.lipschitz(),
            new WeightsSource.None(),
            network.precision(),
            network.layers());
    return Certifier.certify(given, weights, Map.of(), options);
  }

  private Subject searched(Certification.OfBound answer) throws FreezingException {
    double bound = network.lipschitz().bound();
    return switch (answer) {
      case Certification.Certified certified -> certified.subject();
      case Certification.Inconclusive inconclusive ->
          throw new FreezingException(
              "rounding to %s defeats the construction of %s: bound %s is not proved, %s is"
                  .formatted(
                      network.precision(),
                      network.name(),
                      bound,
                      inconclusive
                          .best()
                          .map(best -> String.valueOf(best.certificate().lipschitz().bound()))
                          .orElse("nothing")));
      case Certification.Violated violated ->
          throw new FreezingException(
              "rounding to %s defeats the construction of %s: bound %s is false, %s is reached"
                  .formatted(
                      network.precision(),
                      network.name(),
                      bound,
                      violated.evidence().lower().value()));
    };
  }

  private Weights rounded(SortedMap<String, double[]> tensors) throws FreezingException {
    ElementType type = network.precision();
    List<Tensor> rounded = new ArrayList<>();
    try {
      for (Layer layer : network.layers()) {
        for (LinearMap.TensorShape tensor : layer.tensors()) {
          rounded.add(tensor(tensors, tensor.name(), tensor.shape(), type));
        }
      }
    } catch (FormatException e) {
      throw new FreezingException(e.getMessage());
    }
    return Weights.of(rounded);
  }

  private static Tensor tensor(
      SortedMap<String, double[]> tensors, String name, List<Integer> shape, ElementType type)
      throws FormatException {
    double[] values = tensors.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the construction gave no tensor " + Quoted.code(name));
    }
    return Tensor.of(name, ElementType.F64, shape, values).rounded(type);
  }
}
