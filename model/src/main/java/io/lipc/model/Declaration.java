package io.lipc.model;

import io.lipc.formats.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * A network as it was written, in either front end: names are unresolved and nothing is checked.
 *
 * @param name the qualified name
 * @param documentation the doc comment, empty where there is none
 * @param properties what is to be proved, with the numbers as written: at most one of each kind
 * @param weights where the weights come from
 * @param precision the declared precision
 * @param steps in the order of the source
 * @param output the name of the step that the network returns; absent where none was marked
 * @param result the declared shape of the result, where the front end has one
 */
public record Declaration(
    String name,
    String documentation,
    List<Property> properties,
    WeightsSource weights,
    ElementType precision,
    List<Step> steps,
    Optional<String> output,
    Optional<List<Integer>> result) {

  public Declaration {
    properties = Properties.inOrder(properties);
    steps = List.copyOf(steps);
    result = result.map(List::copyOf);
  }

  /** The declared bound, where there is one. */
  public Optional<Property.Lipschitz> lipschitz() {
    return properties.stream()
        .filter(Property.Lipschitz.class::isInstance)
        .map(Property.Lipschitz.class::cast)
        .findFirst();
  }

  /** The properties that are asked for beside the first claim, the bound where there is one. */
  public List<Property.Further> further() {
    return Properties.further(properties);
  }

  /** The same declaration with this bound in place of its own, and all else that it asks for. */
  public Declaration with(Property.Lipschitz bound) {
    return new Declaration(
        name,
        documentation,
        Properties.with(properties, bound),
        weights,
        precision,
        steps,
        output,
        result);
  }
}
