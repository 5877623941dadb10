package io.lipc.queries;

import io.lipc.queries.Tensor.Role;
import java.util.List;
import java.util.Optional;

/**
 * A declared network.
 *
 * @param likeness what is said about its model beside another network's
 * @param tensors inputs, hidden tensors and outputs, in this order; inputs and outputs go by order
 *     to those of the model
 */
public record Network(String name, Optional<Likeness> likeness, List<Tensor> tensors) {

  /**
   * What is said about the models of two networks.
   *
   * @param network the name of a network that is declared before, without a likeness
   */
  public record Likeness(Kind kind, String network) {

    /** How the model of a network is related to that of another one. */
    public enum Kind {
      /** Both are the same model. */
      EQUAL("equal-to"),
      /** Both have the same structure, and each has its own weights. */
      ISOMORPHIC("isomorphic-to");

      private final String word;

      Kind(String word) {
        this.word = word;
      }

      /** The word of the standard, such as {@code equal-to}. */
      public String word() {
        return word;
      }
    }
  }

  public Network {
    tensors = List.copyOf(tensors);
  }

  /** The same with tensors of real numbers. */
  Network overReals() {
    List<Tensor> reals =
        tensors.stream()
            .map(
                each ->
                    new Tensor(
                        each.role(), each.name(), NumberType.REAL, each.shape(), each.node()))
            .toList();
    return new Network(name, likeness, reals);
  }

  /** The tensors of one role, in the order of their declarations. */
  public List<Tensor> tensors(Role role) {
    return tensors.stream().filter(tensor -> tensor.role() == role).toList();
  }
}
