package io.lipc.compiler.proof;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.LinearOperation;
import io.lipc.model.Network;
import io.lipc.model.UpperBound;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.model.diagnostic.ProofDiagnostics.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Finds the step at which a composition of networks loses its bound. Each step's number is a bound
 * of the network that ends there, proved like any other.
 */
final class Composition {

  private final CheckedNetwork checked;
  private final Map<String, Subject> callees;
  private final List<UpperBound> bounds = new ArrayList<>();

  private Composition(CheckedNetwork checked, Map<String, Subject> callees) {
    this.checked = checked;
    this.callees = callees;
  }

  /** Whether a network is nothing but a composition, and some of what it calls has free weights. */
  static boolean is(Network network, Map<String, Subject> callees) {
    return network.layers().stream().noneMatch(layer -> layer.dense().isPresent())
        && !callees.values().stream().allMatch(Subject::isEvaluable);
  }

  /** The message; empty if some step has no proved bound, or none exceeds the declared one. */
  static Optional<Finding> exceeds(CheckedNetwork checked, Map<String, Subject> callees) {
    return new Composition(checked, callees).finding();
  }

  private Optional<Finding> finding() {
    Network network = checked.network();
    List<StepRow> rows = new ArrayList<>();
    int blamed = -1;
    for (int i = 0; i < network.layers().size(); i++) {
      Optional<UpperBound> bound = upTo(i);
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      bounds.add(bound.get());
      if (network.layers().get(i) instanceof Layer.Input) {
        continue;
      }
      if (blamed < 0 && bound.get().value() > network.lipschitz().bound()) {
        blamed = rows.size();
      }
      rows.add(new StepRow(checked.nameOf(i), operation(i), bound.get()));
    }
    return blamed < 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                new Place.OfBound(),
                ProofDiagnostics.compositionExceedsBound(
                    network.lipschitz(), bounds.getLast(), rows, blamed)));
  }

  private Optional<UpperBound> upTo(int layer) {
    Options best =
        new Options(Method.AUTO, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF);
    return Certifier.certify(checked.network().upTo(layer), Weights.of(List.of()), callees, best)
            instanceof Certification.Certified certified
        ? Optional.of(certified.upper())
        : Optional.empty();
  }

  private String operation(int index) {
    Network network = checked.network();
    Layer layer = network.layers().get(index);
    return switch (layer) {
      case Layer.Call call -> call.network().substring(call.network().lastIndexOf('.') + 1);
      case Layer.Activate activate -> activate.activation().kind().word();
      case Layer.Linear linear -> network.isPartOfInput(index) ? "input" : operation(linear);
      case Layer.MaxPool _ -> "max_pool";
      case Layer.Input _ -> throw new IllegalStateException("no step of a composition: " + layer);
    };
  }

  private String operation(Layer.Linear layer) {
    if (layer.isSum()) {
      return bounds(layer.operands(), " + ");
    }
    String word = LinearOperation.wordOf(layer.map());
    if (layer.operands().size() > 1) {
      return word + " of " + bounds(layer.operands(), ", ");
    }
    OptionalDouble number = LinearOperation.numberOf(layer.map());
    return number.isPresent() ? word + "(" + Decimals.plain(number.getAsDouble()) + ")" : word;
  }

  private String bounds(List<Integer> layers, String between) {
    return layers.stream()
        .map(operand -> bounds.get(operand).toString())
        .collect(Collectors.joining(between));
  }
}
