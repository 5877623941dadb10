package io.lipc.processor;

import io.lipc.formats.Norm;
import io.lipc.model.About;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

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
          new Kind("LocalLipschitz", a -> new Property.Local(lipschitz(a), region(a))),
          new Kind("Pairs", a -> new Property.Pairs(Optional.empty(), a.flag("signs"))),
          new Kind("Range", a -> new Property.Range(a.number("min"), a.number("max"))),
          new Kind("Query", a -> new Property.Query(a.text("value"))),
          new Kind("Monotone", a -> new Property.Monotone(trends(a), region(a))),
          new Kind("Slopes", a -> new Property.Slopes(slopes(a), region(a))));

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
    if (annotated.is("Monotone") && trends(annotated).isEmpty()) {
      return Optional.of(
          Diagnostics.declarationInvalid(
              "@Monotone names no input",
              "`increasing` or `decreasing`",
              "neither",
              "write `increasing = @Trend(input = \"age\")`"));
    }
    if (annotated.is("Slopes") && slopes(annotated).isEmpty()) {
      return Optional.of(
          Diagnostics.declarationInvalid(
              "@Slopes names no input",
              "a bound for an input",
              "none",
              "write `@Slopes(@Slope(input = \"age\", atMost = 0.4))`"));
    }
    List<String> given = scales(annotated);
    return annotated.is("ScaledLipschitz") && given.size() != 1
        ? Optional.of(
            Diagnostics.declarationInvalid(
                "@ScaledLipschitz has " + (given.isEmpty() ? "no scale" : "several scales"),
                "one of `per`, `units` and `tensor`",
                given.isEmpty() ? "none" : String.join(" and ", given),
                "write `per = \"z\"`, the layer that scales the input, or `units = {0.5, 2.0}`"))
        : Optional.empty();
  }

  private static List<String> scales(Annotated annotated) {
    List<String> given = new ArrayList<>();
    for (String text : List.of("per", "tensor")) {
      if (!annotated.text(text).isEmpty()) {
        given.add(text);
      }
    }
    if (!annotated.numbers("units").isEmpty()) {
      given.add("units");
    }
    return given;
  }

  private static Property.Scale scale(Annotated annotated) {
    List<Double> units = annotated.numbers("units");
    if (!units.isEmpty()) {
      return new Property.Scale.Units(units);
    }
    String tensor = annotated.text("tensor");
    return tensor.isEmpty()
        ? new Property.Scale.OfLayer(annotated.text("per"))
        : new Property.Scale.OfTensor(tensor);
  }

  private static Region region(Annotated annotated) {
    List<Annotated> on = annotated.annotations("on");
    return on.isEmpty()
        ? new Region.Declared()
        : new Region.Parts(on.stream().map(PropertyAnnotations::part).toList());
  }

  private static Region.Part part(Annotated on) {
    return new Region.Part(
        on.text("input"), number(on, "element"), on.number("min"), on.number("max"));
  }

  private static OptionalInt number(Annotated annotated, String member) {
    return annotated.written(member).isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(annotated.integer(member));
  }

  private static List<Property.Trend> trends(Annotated annotated) {
    return Stream.of("increasing", "decreasing")
        .flatMap(
            member ->
                annotated.annotations(member).stream()
                    .map(trend -> trend(trend, member.equals("increasing"))))
        .toList();
  }

  private static Property.Trend trend(Annotated trend, boolean rising) {
    return new Property.Trend(
        rising,
        new About.Named(trend.text("input"), number(trend, "element"), number(trend, "output")));
  }

  private static List<Property.Slope> slopes(Annotated annotated) {
    OptionalInt output = number(annotated, "output");
    return annotated.annotations("value").stream()
        .map(
            slope ->
                new Property.Slope(
                    slope.number("atMost"),
                    new About.Named(slope.text("input"), number(slope, "element"), output)))
        .toList();
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
