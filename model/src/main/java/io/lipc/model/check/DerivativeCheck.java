package io.lipc.model.check;

import io.lipc.model.About;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.CheckedNetwork.DeclaredInput;
import io.lipc.model.Declaration;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.activation.Activation;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LocalDiagnostics;
import io.lipc.model.diagnostic.MonotoneDiagnostics;
import io.lipc.model.diagnostic.SlopeDiagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Checks requests about derivatives on a region, monotone outputs and bounds of single inputs:
 * their names, their region, known weights, and operations.
 */
final class DerivativeCheck {

  private DerivativeCheck() {}

  /**
   * The fault of a request whose network is not known yet: its own weights have to be given. Those
   * of called networks may be free, as their bounds are known.
   */
  static Optional<Finding> check(Declaration declaration, Property.Monotone monotone) {
    return LocalCheck.hasFreeWeights(declaration)
        ? Optional.of(
            LocalCheck.at(
                monotone,
                MonotoneDiagnostics.freeWeights(
                    declaration.name(),
                    declaration.lipschitz().map(Property.Lipschitz::bound).orElse(1.0),
                    monotone)))
        : Optional.empty();
  }

  /** That of bounds of single inputs, each of which is a number; for the same weights. */
  static Optional<Finding> check(Declaration declaration, Property.Slopes slopes) {
    return slopes.slopes().stream()
        .filter(slope -> !Property.Slope.isValid(slope.bound()))
        .findFirst()
        .map(SlopeDiagnostics::numberInvalid)
        .or(
            () ->
                LocalCheck.hasFreeWeights(declaration)
                    ? Optional.of(LocalDiagnostics.freeWeights(declaration.name(), slopes))
                    : Optional.empty())
        .map(diagnostic -> LocalCheck.at(slopes, diagnostic));
  }

  /** The faults of requests about a network that has no other. */
  static List<Finding> ofNetwork(CheckedNetwork checked) {
    return checked.network().further().stream()
        .flatMap(
            property ->
                fault(checked, property)
                    .map(diagnostic -> LocalCheck.at(property, diagnostic))
                    .stream())
        .toList();
  }

  private static Optional<Diagnostic> fault(CheckedNetwork checked, Property.Further property) {
    return switch (property) {
      case Property.Monotone(List<Property.Trend> trends, Region region) ->
          ofSupport(checked.network(), property)
              .or(
                  () ->
                      ofElements(
                          checked, trends, Property.Trend::about, MonotoneDiagnostics::twice))
              .or(() -> new RegionSides(checked, property).of(region).fault());
      case Property.Slopes(List<Property.Slope> slopes, Region region) ->
          ofSupport(checked.network(), property)
              .or(
                  () ->
                      ofElements(
                          checked,
                          slopes,
                          Property.Slope::about,
                          slope -> SlopeDiagnostics.twice(slope.about())))
              .or(() -> new RegionSides(checked, property).of(region).fault());
      case Property.Scaled _,
          Property.Pairs _,
          Property.Range _,
          Property.Local _,
          Property.Query _ ->
          Optional.empty();
    };
  }

  /** The fault of a network that is too large, or has operations whose derivatives none bounds. */
  private static Optional<Diagnostic> ofSupport(Network network, Property property) {
    return LocalCheck.ofSize(network, property)
        .or(
            () ->
                network.layers().stream()
                    .flatMap(layer -> unknown(layer).stream())
                    .findFirst()
                    .map(word -> MonotoneDiagnostics.operation(network.name(), property, word)));
  }

  private static Optional<String> unknown(Layer layer) {
    if (layer instanceof Layer.Activate activate
        && activate.activation() instanceof Activation.Grouped grouped
        && grouped.group(Integer.MAX_VALUE) > 2) {
      return Optional.of(grouped.kind().word());
    }
    return layer instanceof Layer.MaxPool ? Optional.of("max_pool") : Optional.empty();
  }

  /**
   * The fault of names, or of parts that are about one element and one output.
   *
   * @param about which elements a part is about
   * @param twice the fault of a part that is about those of an earlier one
   */
  private static <T> Optional<Diagnostic> ofElements(
      CheckedNetwork checked,
      List<T> parts,
      Function<T, About> about,
      Function<T, Diagnostic> twice) {
    Set<List<Integer>> seen = new HashSet<>();
    for (T part : parts) {
      if (about.apply(part) instanceof About.Named named) {
        Optional<Diagnostic> fault = ofOutput(checked, named).or(() -> ofInput(checked, named));
        if (fault.isPresent()) {
          return fault;
        }
      }
      About.Elements elements = elements(checked, about.apply(part));
      for (int i : elements.inputs()) {
        for (int j : elements.outputs()) {
          if (!seen.add(List.of(i, j))) {
            return Optional.of(twice.apply(part));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Diagnostic> ofOutput(CheckedNetwork checked, About.Named named) {
    int outputs = checked.network().outputShape().size();
    int output = named.output().orElse(0);
    return output >= 0 && output < outputs
        ? Optional.empty()
        : Optional.of(LocalDiagnostics.noElement("y", "y[" + output + "]", outputs));
  }

  private static Optional<Diagnostic> ofInput(CheckedNetwork checked, About.Named named) {
    for (DeclaredInput input : checked.inputs()) {
      if (input.name().equals(named.input())) {
        int element = named.element().orElse(0);
        int size = input.shape().size();
        return element >= 0 && element < size
            ? Optional.empty()
            : Optional.of(LocalDiagnostics.noElement(named.input(), named.name(), size));
      }
    }
    return Optional.of(RegionSides.noInput(checked, named.input()));
  }

  /** The numbers of elements that are known to be there. */
  private static About.Elements elements(CheckedNetwork checked, About about) {
    return switch (about) {
      case About.Elements elements -> elements;
      case About.Named(String name, OptionalInt element, OptionalInt output) -> {
        int from = 0;
        for (DeclaredInput input : checked.inputs()) {
          int size = input.shape().size();
          if (input.name().equals(name)) {
            yield new About.Elements(
                numbers(from, element, size),
                numbers(0, output, checked.network().outputShape().size()),
                about.name());
          }
          from += size;
        }
        throw new IllegalArgumentException("no input " + name);
      }
    };
  }

  /** One number, or all. */
  private static List<Integer> numbers(int from, OptionalInt one, int all) {
    return IntStream.range(one.orElse(0), one.isPresent() ? one.getAsInt() + 1 : all)
        .mapToObj(i -> from + i)
        .toList();
  }

  /** The request with numbers of elements, and their intervals; it has no fault. */
  static Property.Monotone resolved(CheckedNetwork checked, Property.Monotone monotone) {
    List<Property.Trend> trends =
        monotone.trends().stream()
            .map(trend -> new Property.Trend(trend.rising(), elements(checked, trend.about())))
            .toList();
    return new Property.Monotone(
        trends, new RegionSides(checked, monotone).resolved(monotone.region()));
  }

  /** The same of bounds of single inputs. */
  static Property.Slopes resolved(CheckedNetwork checked, Property.Slopes asked) {
    List<Property.Slope> slopes =
        asked.slopes().stream()
            .map(slope -> new Property.Slope(slope.bound(), elements(checked, slope.about())))
            .toList();
    return new Property.Slopes(slopes, new RegionSides(checked, asked).resolved(asked.region()));
  }
}
