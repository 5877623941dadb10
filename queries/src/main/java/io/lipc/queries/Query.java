package io.lipc.queries;

import java.util.List;

/**
 * A VNN-LIB query: is there an input for which the formula is true?
 *
 * <p>Two queries are equal if they have the same version, declare the same networks, and have the
 * same formula, whatever comments, blanks and digits their texts have. A query of version 1.0 has
 * one network {@code N} with an input {@code X} and an output {@code Y}; their shape is only their
 * number of elements, as the text says nothing about the shapes of the model.
 *
 * @param networks at least one
 */
public record Query(Version version, List<Network> networks, Formula formula) {

  public Query {
    networks = List.copyOf(networks);
  }

  /** The tensors of all networks, in the order of their declarations. */
  public List<Tensor> tensors() {
    return networks.stream().flatMap(network -> network.tensors().stream()).toList();
  }

  /** The same about real numbers, whatever the types of its tensors are. */
  public Query overReals() {
    return new Query(version, networks.stream().map(Network::overReals).toList(), formula);
  }

  /** How the text of a query names an element: {@code X[0,3]}, in version 1.0 {@code X_3}. */
  public String nameOf(Element element) {
    return tensors().get(element.tensor()).nameOf(element.index(), version);
  }

  /**
   * The canonical text, in the syntax of this query's version: {@link QueryReader} reads an equal
   * query from it, and equal queries have equal texts.
   */
  public String text() {
    return new CanonicalText(this).write();
  }
}
