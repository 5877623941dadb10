package io.lipc.processor;

import io.lipc.formats.Norm;
import io.lipc.model.Property;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The annotations of an interface that ask for a proof of something: each is one property. */
final class PropertyAnnotations {

  /**
   * A name beside what it stands for: a property cannot be read under a name that is not listed.
   */
  private record Kind(String name, Function<Annotated, Property> read) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("Lipschitz", PropertyAnnotations::lipschitz),
          new Kind("ScaledLipschitz", a -> new Property.Scaled(lipschitz(a), scale(a))),
          new Kind("Pairs", _ -> new Property.Pairs()),
          new Kind("Range", a -> new Property.Range(a.number("min"), a.number("max"))));

  /** Their simple names, that of the bound first. */
  static final List<String> NAMES = KINDS.stream().map(Kind::name).toList();

  private PropertyAnnotations() {}

  /** The property of an annotation, if it is one of these; its place is put on the map. */
  static Optional<Property> of(Annotated annotated, Map<Place, Position> positions) {
    Optional<Property> property =
        KINDS.stream()
            .filter(kind -> annotated.is(kind.name()))
            .findFirst()
            .map(kind -> kind.read().apply(annotated));
    property.ifPresent(found -> place(found, annotated, positions));
    return property;
  }

  private static void place(
      Property property, Annotated annotated, Map<Place, Position> positions) {
    switch (property) {
      case Property.Lipschitz _ ->
          positions.put(new Place.OfBound(), Position.ofMember(annotated, "value"));
      case Property.Further further ->
          positions.put(new Place.OfClaim(further.word()), Position.of(annotated));
    }
  }

  /** The fault of an annotation itself, whatever the network is; empty if none. */
  static Optional<Diagnostic> fault(Annotated annotated) {
    boolean layer = !annotated.text("per").isEmpty();
    boolean units = !annotated.numbers("units").isEmpty();
    return annotated.is("ScaledLipschitz") && layer == units
        ? Optional.of(
            Diagnostics.declarationInvalid(
                "@ScaledLipschitz has " + (layer ? "two scales" : "no scale"),
                "either `per` or `units`",
                layer ? "both" : "neither",
                "write `per = \"z\"`, the layer that scales the input, or `units = {0.5, 2.0}`"))
        : Optional.empty();
  }

  private static Property.Scale scale(Annotated annotated) {
    List<Double> units = annotated.numbers("units");
    return units.isEmpty()
        ? new Property.Scale.OfLayer(annotated.text("per"))
        : new Property.Scale.Units(units);
  }

  private static Property.Lipschitz lipschitz(Annotated annotated) {
    return new Property.Lipschitz(
        annotated.number("value"), norm(annotated, "from"), norm(annotated, "to"));
  }

  /** A run-time module of another version may lack the member: l2, as its default. */
  private static Norm norm(Annotated annotated, String member) {
    String constant = annotated.constant(member);
    return Arrays.stream(Norm.values())
        .filter(norm -> norm.name().equals(constant))
        .findFirst()
        .orElse(Norm.L2);
  }
}
