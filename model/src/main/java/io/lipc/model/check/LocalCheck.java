package io.lipc.model.check;

import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Property.Region;
import io.lipc.model.Signature;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LocalDiagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Optional;

/** Checks a request for a local bound: its number, its norms, its region, and known weights. */
final class LocalCheck {

  private LocalCheck() {}

  /**
   * The fault of a request whose network is not known yet.
   *
   * @param callees the networks that are called, as far as they have no faults
   */
  static Optional<Finding> check(
      Declaration declaration, Property.Local local, List<Signature> callees) {
    return ofBound(local.bound())
        .or(() -> ofWeights(declaration, callees))
        .map(diagnostic -> at(local, diagnostic));
  }

  private static Optional<Diagnostic> ofBound(Property.Lipschitz bound) {
    if (!Property.Lipschitz.isValid(bound.bound())) {
      return Optional.of(Diagnostics.boundInvalid(bound.bound()));
    }
    return bound.outputNorm() == Norm.L2
        ? Optional.empty()
        : Optional.of(LocalDiagnostics.norms(bound));
  }

  private static Optional<Diagnostic> ofWeights(Declaration declaration, List<Signature> callees) {
    boolean free =
        declaration.weights() instanceof WeightsSource.Parameterized made && made.file().isEmpty();
    return free
        ? Optional.of(LocalDiagnostics.freeWeights(declaration.name()))
        : callees.stream()
            .flatMap(callee -> callee.freeWeights().stream())
            .findFirst()
            .map(callee -> LocalDiagnostics.freeCallee(declaration.name(), callee));
  }

  /** The faults of a request about a network that has no other. */
  static List<Finding> ofNetwork(CheckedNetwork checked) {
    return checked.network().further().stream()
        .filter(Property.Local.class::isInstance)
        .map(Property.Local.class::cast)
        .flatMap(
            local ->
                ofSize(checked.network())
                    .or(() -> new RegionSides(checked).of(local.region()).fault())
                    .map(diagnostic -> at(local, diagnostic))
                    .stream())
        .toList();
  }

  private static Optional<Diagnostic> ofSize(Network network) {
    long elements =
        network.layers().stream()
            .filter(layer -> layer instanceof Layer.Activate || layer instanceof Layer.MaxPool)
            .mapToLong(layer -> layer.shape().size())
            .sum();
    return elements <= Property.Local.MOST_ELEMENTS
        ? Optional.empty()
        : Optional.of(LocalDiagnostics.tooLarge(network.name(), elements));
  }

  /** The network whose regions are intervals of elements; it has no fault. */
  static CheckedNetwork resolved(CheckedNetwork checked) {
    Network network = checked.network();
    if (network.further().stream().noneMatch(Property.Local.class::isInstance)) {
      return checked;
    }
    List<Property> properties =
        network.properties().stream().map(property -> resolved(checked, property)).toList();
    return new CheckedNetwork(
        new Network(
            network.name(), properties, network.weights(), network.precision(), network.layers()),
        checked.stepNames(),
        checked.documentation(),
        checked.inputs());
  }

  private static Property resolved(CheckedNetwork checked, Property property) {
    if (!(property instanceof Property.Local(Property.Lipschitz bound, Region region))) {
      return property;
    }
    List<Interval> sides = new RegionSides(checked).of(region).sides();
    return new Property.Local(bound, new Region.Sides(sides));
  }

  private static Finding at(Property.Local local, Diagnostic diagnostic) {
    return new Finding(new Place.OfClaim(local.word()), diagnostic);
  }
}
