package io.lipc.queries;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A declared variable: a tensor of a network.
 *
 * @param name is no other variable's and no network's
 * @param shape has no dimension if the tensor is one number
 * @param node the output of a node of the ONNX model; of hidden tensors alone
 */
public record Tensor(
    Role role, String name, NumberType type, List<Integer> shape, Optional<String> node) {

  /** What a tensor is to its network, in the order of declarations. */
  public enum Role {
    INPUT("input"),
    HIDDEN("hidden"),
    OUTPUT("output");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    /** The word behind {@code declare-}. */
    public String word() {
      return word;
    }
  }

  public Tensor {
    shape = List.copyOf(shape);
  }

  /** The number of elements. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** How texts of a version name the element that has this place in row-major order. */
  String nameOf(int element, Version version) {
    return switch (version) {
      case V1_0 -> name + '_' + element;
      case V2_0, V2_1 -> shape.isEmpty() ? name : name + '[' + indicesOf(element) + ']';
    };
  }

  private String indicesOf(int element) {
    Deque<String> indices = new ArrayDeque<>();
    int rest = element;
    for (int i = shape.size() - 1; i >= 0; i--) {
      indices.push(String.valueOf(rest % shape.get(i)));
      rest /= shape.get(i);
    }
    return String.join(",", indices);
  }
}
