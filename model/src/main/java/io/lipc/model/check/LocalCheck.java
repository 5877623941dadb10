package io.lipc.model.check;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Region;
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
        .or(() -> ofWeights(declaration, local, callees))
        .map(diagnostic -> at(local, diagnostic));
  }

  private static Optional<Diagnostic> ofBound(Property.Lipschitz bound) {
    return Property.Lipschitz.isValid(bound.bound())
        ? Optional.empty()
        : Optional.of(Diagnostics.boundInvalid(bound.bound()));
  }

  /** Whether the weights of the network itself are not known when it is compiled. */
  static boolean hasFreeWeights(Declaration declaration) {
    return declaration.weights() instanceof WeightsSource.Parameterized made
        && made.file().isEmpty();
  }

  /** The fault of weights that are not known when networks are compiled. */
  private static Optional<Diagnostic> ofWeights(
      Declaration declaration, Property property, List<Signature> callees) {
    return hasFreeWeights(declaration)
        ? Optional.of(LocalDiagnostics.freeWeights(declaration.name(), property))
        : callees.stream()
            .flatMap(callee -> callee.freeWeights().stream())
            .findFirst()
            .map(callee -> LocalDiagnostics.freeCallee(declaration.name(), property, callee));
  }

  /** The faults of a request about a network that has no other. */
  static List<Finding> ofNetwork(CheckedNetwork checked) {
    return checked.network().further().stream()
        .filter(Property.Local.class::isInstance)
        .map(Property.Local.class::cast)
        .flatMap(
            local ->
                ofSize(checked.network(), local)
                    .or(() -> new RegionSides(checked, local).of(local.region()).fault())
                    .map(diagnostic -> at(local, diagnostic))
                    .stream())
        .toList();
  }

  /** The fault of a network with more elements than proofs on regions can have. */
  static Optional<Diagnostic> ofSize(Network network, Property property) {
    long elements =
        network.layers().stream()
            .filter(layer -> layer instanceof Layer.Activate || layer instanceof Layer.MaxPool)
            .mapToLong(layer -> layer.shape().size())
            .sum();
    return elements <= Property.Local.MOST_ELEMENTS
        ? Optional.empty()
        : Optional.of(LocalDiagnostics.tooLarge(network.name(), property, elements));
  }

  /** The network whose regions are intervals of elements; it has no fault. */
  static CheckedNetwork resolved(CheckedNetwork checked) {
    Network network = checked.network();
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
    return switch (property) {
      case Property.Local(Property.Lipschitz bound, Region region) ->
          new Property.Local(bound, new RegionSides(checked, property).resolved(region));
      case Property.Monotone monotone -> DerivativeCheck.resolved(checked, monotone);
      case Property.Slopes slopes -> DerivativeCheck.resolved(checked, slopes);
      case Property.Lipschitz _,
          Property.Scaled _,
          Property.Pairs _,
          Property.Range _,
          Property.Query _ ->
          property;
    };
  }

  static Finding at(Property local, Diagnostic diagnostic) {
    return new Finding(new Place.OfClaim(local.word()), diagnostic);
  }
}
