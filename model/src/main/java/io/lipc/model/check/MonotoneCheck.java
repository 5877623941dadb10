package io.lipc.model.check;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.CheckedNetwork.DeclaredInput;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Property.Moving;
import io.lipc.model.Signature;
import io.lipc.model.activation.Activation;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LocalDiagnostics;
import io.lipc.model.diagnostic.MonotoneDiagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Checks a request for monotone outputs: its names, its region, known weights, and operations. */
final class MonotoneCheck {

  private MonotoneCheck() {}

  /**
   * The fault of a request whose network is not known yet.
   *
   * @param callees the networks that are called, as far as they have no faults
   */
  static Optional<Finding> check(
      Declaration declaration, Property.Monotone monotone, List<Signature> callees) {
    return LocalCheck.ofWeights(declaration, monotone, callees)
        .map(diagnostic -> LocalCheck.at(monotone, diagnostic));
  }

  /** The faults of a request about a network that has no other. */
  static List<Finding> ofNetwork(CheckedNetwork checked) {
    return checked.network().further().stream()
        .filter(Property.Monotone.class::isInstance)
        .map(Property.Monotone.class::cast)
        .flatMap(
            monotone ->
                LocalCheck.ofSize(checked.network(), monotone)
                    .or(() -> ofOperations(checked.network()))
                    .or(() -> ofTrends(checked, monotone))
                    .or(() -> new RegionSides(checked, monotone).of(monotone.region()).fault())
                    .map(diagnostic -> LocalCheck.at(monotone, diagnostic))
                    .stream())
        .toList();
  }

  /** Groups whose derivatives no proof bounds. */
  private static Optional<Diagnostic> ofOperations(Network network) {
    return network.layers().stream()
        .filter(Layer.Activate.class::isInstance)
        .map(layer -> ((Layer.Activate) layer).activation())
        .filter(MonotoneCheck::isUnknown)
        .findFirst()
        .map(
            activation ->
                MonotoneDiagnostics.operation(network.name(), activation.kind().word()));
  }

  private static boolean isUnknown(Activation activation) {
    return activation instanceof Activation.Grouped grouped && grouped.group(Integer.MAX_VALUE) > 2;
  }

  private static Optional<Diagnostic> ofTrends(CheckedNetwork checked, Property.Monotone monotone) {
    int outputs = checked.network().output().shape().size();
    Set<List<Integer>> seen = new HashSet<>();
    for (Property.Trend trend : monotone.trends()) {
      Optional<Diagnostic> fault = ofNames(checked, trend, outputs);
      if (fault.isPresent()) {
        return fault;
      }
      for (int i : numbers(checked, trend.moving())) {
        for (int j : outputs(trend.output(), outputs).toArray()) {
          if (!seen.add(List.of(i, j))) {
            return Optional.of(MonotoneDiagnostics.twice(trend));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static IntStream outputs(OptionalInt output, int all) {
    return output.isPresent() ? IntStream.of(output.getAsInt()) : IntStream.range(0, all);
  }

  private static Optional<Diagnostic> ofNames(
      CheckedNetwork checked, Property.Trend trend, int outputs) {
    if (trend.output().isPresent()
        && (trend.output().getAsInt() < 0 || trend.output().getAsInt() >= outputs)) {
      return Optional.of(
          LocalDiagnostics.noElement("y", "y[" + trend.output().getAsInt() + "]", outputs));
    }
    return trend.moving() instanceof Moving.Named named
        ? ofName(checked, named)
        : Optional.empty();
  }

  private static Optional<Diagnostic> ofName(CheckedNetwork checked, Moving.Named named) {
    for (DeclaredInput input : checked.inputs()) {
      if (input.name().equals(named.input())) {
        int element = named.element().orElse(0);
        int size = input.shape().size();
        return element >= 0 && element < size
            ? Optional.empty()
            : Optional.of(LocalDiagnostics.noElement(named.input(), named.name(), size));
      }
    }
    List<String> names = checked.inputs().stream().map(DeclaredInput::name).toList();
    return Optional.of(Diagnostics.unknownName("input", named.input(), names));
  }

  /** The numbers of the elements in the whole input; they are known to be there. */
  private static List<Integer> numbers(CheckedNetwork checked, Moving moving) {
    return switch (moving) {
      case Moving.Elements(List<Integer> numbers, _) -> numbers;
      case Moving.Named(String name, OptionalInt element) -> {
        int from = 0;
        for (DeclaredInput input : checked.inputs()) {
          int size = input.shape().size();
          if (input.name().equals(name)) {
            int first = from + element.orElse(0);
            int end = element.isPresent() ? first + 1 : from + size;
            yield IntStream.range(first, end).boxed().toList();
          }
          from += size;
        }
        throw new IllegalArgumentException("no input " + name);
      }
    };
  }

  /** The request with numbers of elements, and their intervals; it has no fault. */
  static Property.Monotone resolved(CheckedNetwork checked, Property.Monotone monotone) {
    List<Property.Trend> trends =
        monotone.trends().stream()
            .map(
                trend ->
                    new Property.Trend(
                        trend.rising(),
                        new Moving.Elements(
                            numbers(checked, trend.moving()), trend.moving().name()),
                        trend.output()))
            .toList();
    return new Property.Monotone(
        trends, new RegionSides(checked, monotone).resolved(monotone.region()));
  }
}
