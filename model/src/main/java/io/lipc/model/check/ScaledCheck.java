package io.lipc.model.check;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Property.Scale;
import io.lipc.model.Signature;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ScaledDiagnostics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Checks a request for a scaled bound: its numbers, its scale, and that weights are known. */
final class ScaledCheck {

  private ScaledCheck() {}

  /**
   * The fault of a request whose network is not known yet.
   *
   * @param callees the networks that are called, as far as they have no faults
   */
  static Optional<Finding> check(
      Declaration declaration, Property.Scaled scaled, List<Signature> callees) {
    return ofBound(scaled)
        .or(() -> ofLengths(scaled))
        .or(() -> ofWeights(declaration, scaled, callees))
        .map(diagnostic -> at(scaled, diagnostic));
  }

  private static Optional<Diagnostic> ofBound(Property.Scaled scaled) {
    double bound = scaled.bound().bound();
    return Property.Lipschitz.isValid(bound)
        ? Optional.empty()
        : Optional.of(Diagnostics.boundInvalid(bound));
  }

  private static Optional<Diagnostic> ofLengths(Property.Scaled scaled) {
    if (!(scaled.scale() instanceof Scale.Units(List<Double> lengths))) {
      return Optional.empty();
    }
    return IntStream.range(0, lengths.size())
        .filter(i -> !Scale.Units.isUnit(lengths.get(i)))
        .mapToObj(i -> ScaledDiagnostics.invalidUnit(i, lengths.get(i)))
        .findFirst();
  }

  private static Optional<Diagnostic> ofWeights(
      Declaration declaration, Property.Scaled scaled, List<Signature> callees) {
    boolean free =
        declaration.weights() instanceof WeightsSource.Parameterized made && made.file().isEmpty();
    if (!free
        && scaled.scale() instanceof Scale.OfTensor(String tensor)
        && declaration.weights().fileName().isEmpty()) {
      return Optional.of(
          ScaledDiagnostics.unitsWithoutFile(declaration.name(), tensor, "no clause `weights`"));
    }
    return free
        ? Optional.of(ScaledDiagnostics.freeWeights(declaration.name()))
        : callees.stream()
            .flatMap(callee -> callee.freeWeights().stream())
            .findFirst()
            .map(callee -> ScaledDiagnostics.freeCallee(declaration.name(), callee));
  }

  /** The faults of a request about a network that has no other. */
  static List<Finding> ofNetwork(CheckedNetwork checked) {
    return checked.network().further().stream()
        .filter(Property.Scaled.class::isInstance)
        .map(Property.Scaled.class::cast)
        .flatMap(scaled -> ofScale(checked, scaled).map(found -> at(scaled, found)).stream())
        .toList();
  }

  private static Optional<Diagnostic> ofScale(CheckedNetwork checked, Property.Scaled scaled) {
    int inputs = checked.network().input().shape().size();
    return switch (scaled.scale()) {
      case Scale.Units(List<Double> lengths) ->
          lengths.size() == inputs
              ? Optional.empty()
              : Optional.of(ScaledDiagnostics.numberOfUnits(lengths.size(), inputs));
      case Scale.OfLayer(String name) -> ofLayer(checked, name);
      case Scale.OfTensor(String tensor) -> ofTensor(checked.network(), tensor);
    };
  }

  /** A network without weights reads no file; which numbers there are is known when it is read. */
  private static Optional<Diagnostic> ofTensor(Network network, String tensor) {
    return network.layers().stream().anyMatch(layer -> !layer.tensors().isEmpty())
        ? Optional.empty()
        : Optional.of(
            ScaledDiagnostics.unitsWithoutFile(network.name(), tensor, "no layer with weights"));
  }

  private static Optional<Diagnostic> ofLayer(CheckedNetwork checked, String name) {
    int layer = checked.stepNames().indexOf(name);
    Network network = checked.network();
    if (layer <= 0) {
      List<String> names =
          checked.stepNames().stream().skip(1).filter(known -> !known.contains("#")).toList();
      return Optional.of(ScaledDiagnostics.noLayer(name, names));
    }
    if (network.layers().get(layer) instanceof Layer.Call(_, String callee, _)) {
      return Optional.of(ScaledDiagnostics.scaleOfCallee(name, callee));
    }
    boolean scales =
        network.layers().get(layer)
                instanceof Layer.Linear(List<Integer> operands, LinearMap map, _)
            && operands.equals(List.of(0))
            && (map instanceof BatchNorm || map instanceof Diagonal || map instanceof Scaling);
    if (!scales) {
      return Optional.of(ScaledDiagnostics.noScale(name));
    }
    return IntStream.range(1, network.layers().size())
        .filter(i -> i != layer && network.layers().get(i).operands().contains(0))
        .mapToObj(i -> ScaledDiagnostics.besideScale(checked.nameOf(i), name))
        .findFirst();
  }

  private static Finding at(Property.Scaled scaled, Diagnostic diagnostic) {
    return new Finding(new Place.OfClaim(scaled.word()), diagnostic);
  }
}
