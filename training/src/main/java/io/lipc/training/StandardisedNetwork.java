package io.lipc.training;

import io.lipc.certificate.Subject;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import io.lipc.formats.Weights;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Lowering;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.StandardisingForm;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.run.Task;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Standardisation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A network that reads the units of a table: {@code x |> batch_norm |> Inner}, where the inner
 * network declares a construction and reads columns of mean 0 and standard deviation 1. Its bound
 * is in the table's units, that of the inner network in standard deviations; its radii are in the
 * table's units too, or, where it has a bound per its layer, in standard deviations.
 */
public final class StandardisedNetwork {

  private final CheckedNetwork checked;
  private final KernelGraph graph;
  private final BatchNorm layer;
  private final Trainable inner;

  private StandardisedNetwork(CheckedNetwork checked, BatchNorm layer, Trainable inner) {
    this.checked = checked;
    this.graph = Lowering.lower(checked);
    this.layer = layer;
    this.inner = inner;
  }

  /**
   * A network of this form.
   *
   * @param checked calls {@code inner}
   * @throws IllegalArgumentException if it is of another form, has other norms than l2, or a tensor
   *     that is called as one of the inner network
   */
  public static StandardisedNetwork of(CheckedNetwork checked, Trainable inner) {
    Network network = checked.network();
    Property.Lipschitz spec = network.lipschitz();
    String called = inner.network().name();
    if (!StandardisingForm.calls(network, called)) {
      throw new IllegalArgumentException(
          "%s is not of the form x |> batch_norm |> %s".formatted(network.name(), called));
    }
    if (spec.inputNorm() != Norm.L2 || spec.outputNorm() != Norm.L2) {
      throw new IllegalArgumentException(network.name() + " is not bounded from l2 to l2");
    }
    checkScale(network);
    checkOneFile(network, inner.network());
    Set<String> shared = tensors(network);
    shared.retainAll(tensors(inner.network()));
    if (!shared.isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s both have a tensor %s, and training writes one file for both; give one of the layers another name"
              .formatted(network.name(), called, Quoted.code(shared.iterator().next())));
    }
    return new StandardisedNetwork(checked, layer(network), inner);
  }

  /**
   * Refuses a scaled bound that is not in standard deviations and l2, as the figures of training
   * are.
   */
  private static void checkScale(Network network) {
    for (Property.Further further : network.further()) {
      if (further instanceof Property.Scaled(Property.Lipschitz bound, Property.Scale scale)) {
        boolean deviations = scale instanceof Property.Scale.OfLayer;
        if (!deviations || bound.inputNorm() != Norm.L2 || bound.outputNorm() != Norm.L2) {
          throw new IllegalArgumentException(
              network.name()
                  + " asks for a scaled bound that is not `per` its layer, from l2 to l2: training"
                  + " says what is certified in standard deviations");
        }
      }
    }
  }

  private static void checkOneFile(Network raw, Network inner) {
    if (raw.weightsFile().isPresent()
        && inner.weightsFile().isPresent()
        && !raw.weightsFile().equals(inner.weightsFile())) {
      throw new IllegalArgumentException(
          "%s names the weights %s, and %s %s: training writes one file for both"
              .formatted(
                  raw.name(),
                  Quoted.code(raw.weightsFile().get()),
                  inner.name(),
                  Quoted.code(inner.weightsFile().get())));
    }
  }

  /**
   * Samples as a network of this form hands them on to the one that it calls.
   *
   * @param raw of this form
   * @param weights at least the tensors of its layer
   * @param samples as many features as it reads
   * @throws DataException if a feature is not finite then
   * @throws IllegalArgumentException if it is of another form
   */
  public static Dataset handedOn(Network raw, Weights weights, Dataset samples)
      throws DataException {
    return Standardisation.apply(layer(raw), weights, samples);
  }

  private static BatchNorm layer(Network raw) {
    return StandardisingForm.of(raw)
        .map(StandardisingForm::layer)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    raw.name() + " is not of the form x |> batch_norm |> Inner"));
  }

  private static Set<String> tensors(Network network) {
    return network.layers().stream()
        .flatMap(layer -> layer.tensors().stream())
        .map(LinearMap.TensorShape::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The network that reads the table's units. */
  public Network network() {
    return checked.network();
  }

  /** The network that is trained, in deviations. */
  public Trainable inner() {
    return inner;
  }

  /**
   * The statistics of its layer.
   *
   * @param samples those that gradients come from, in the table's units
   * @param names what messages call the features
   * @throws DataException if the samples do not fit, or a column cannot be standardised
   */
  public Standardisation fit(FeatureRows<?> samples, List<String> names) throws DataException {
    requireFit(samples);
    return Standardisation.of(samples, names, layer, checked.network().precision());
  }

  /**
   * A bound in the table's units that holds whatever training brings: the gain of the layer, times
   * the bound that the inner network declares.
   */
  public double boundBeforeTraining(Standardisation statistics) {
    return Math.nextUp(statistics.gain() * inner.network().lipschitz().bound());
  }

  /**
   * The network with its statistics and trained weights, certified in the table's units: at the
   * declared bound if a method proves it, else at the least bound that one proves; and with all
   * else that it asks for.
   *
   * @param frozen the inner network
   * @return with all claims that are proved, and the least scaled bound among them, if it asks for
   *     one
   * @throws FreezingException if nothing is proved
   */
  public FrozenNetwork certify(Standardisation statistics, Frozen frozen) throws FreezingException {
    Subject subject = bounded(statistics, frozen);
    List<Subject> claims =
        checked.network().further().stream()
            .flatMap(property -> certify(property, subject).stream())
            .toList();
    return new FrozenNetwork(subject, claims);
  }

  /** All that is asked for beside the bound, which the build proves again. */
  private static Optional<Subject> certify(Property.Further property, Subject subject) {
    return switch (property) {
      case Property.Scaled _ -> certify(property, subject, Optional.empty());
      case Property.Pairs _,
          Property.Range _,
          Property.Local _,
          Property.Monotone _,
          Property.Slopes _,
          Property.Query _ ->
          certify(property, subject, Optional.of(FurtherSearch.budget(Options.BUDGET)));
    };
  }

  private static Optional<Subject> certify(
      Property.Further property, Subject subject, Optional<Duration> budget) {
    return FurtherSearch.certify(property, subject, budget, Deadline.NONE, SearchListener.NONE);
  }

  private Subject bounded(Standardisation statistics, Frozen frozen) throws FreezingException {
    Network network = checked.network();
    Options options =
        new Options(
            Method.AUTO,
            OptionalDouble.of(network.lipschitz().bound()),
            List.of(),
            1,
            Options.Effort.PROOF);
    Certification.OfBound found =
        Certifier.certify(
            network,
            statistics.tensors(),
            Map.of(inner.network().name(), frozen.subject()),
            options);
    Optional<Subject> best =
        switch (found) {
          case Certification.Certified certified -> Optional.of(certified.subject());
          case Certification.Inconclusive inconclusive -> inconclusive.best();
          case Certification.Violated violated -> violated.best();
        };
    return best.orElseThrow(
        () -> new FreezingException("no bound of " + network.name() + " is proved"));
  }

  /**
   * The result of the network on samples in the table's units. Radii divide by its scaled bound, or
   * by bounds of its pairs in that scale, or else by its bound, also where the inner network has
   * bounds of pairs.
   *
   * @param frozen as {@link #certify} gave it
   * @param distances as its radii are measured, not negative, by which inputs may move
   * @throws DataException if the samples do not fit the network
   */
  public <D extends FeatureRows<D>, F> F evaluate(
      Task<D, ?, F> task, FrozenNetwork frozen, D data, List<Double> distances)
      throws DataException {
    requireFit(data);
    return task.evaluate(graph, callees(), frozen, data, distances);
  }

  private void requireFit(FeatureRows<?> data) throws DataException {
    data.requireFit(graph.network(), graph.input().size(), graph.output().size());
  }

  private Map<String, KernelGraph> callees() {
    Map<String, KernelGraph> callees = new HashMap<>(inner.callees());
    callees.put(inner.network().name(), inner.graph());
    return callees;
  }
}
