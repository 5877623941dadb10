package io.lipc.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists of properties with at most one of each kind, in the one order in which they are written.
 */
final class Properties {

  private Properties() {}

  /**
   * The same properties, whatever the order of the source. Pairs beside a scaled bound are in its
   * scale, as radii are.
   */
  static List<Property> inOrder(List<Property> properties) {
    Optional<Property.Scaled> scaled =
        properties.stream()
            .filter(Property.Scaled.class::isInstance)
            .map(Property.Scaled.class::cast)
            .findFirst();
    return properties.stream()
        .map(
            property ->
                property instanceof Property.Pairs(_, boolean signs)
                    ? new Property.Pairs(scaled, signs)
                    : property)
        .sorted(Comparator.comparingInt(Property::rank))
        .toList();
  }

  /** All but the first, which is the bound where there is one. */
  static List<Property.Further> further(List<Property> properties) {
    return properties.stream()
        .skip(1)
        .filter(Property.Further.class::isInstance)
        .map(Property.Further.class::cast)
        .toList();
  }

  /** The bound in place of the one that may be there, and all others as they are. */
  static List<Property> with(List<Property> properties, Property.Lipschitz bound) {
    return Stream.concat(
            Stream.of(bound),
            properties.stream().filter(other -> !(other instanceof Property.Lipschitz)))
        .toList();
  }
}
