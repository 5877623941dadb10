package io.lipc.formats;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tensors of a network or a file, by name.
 *
 * @param tensors by name, sorted; where networks that are called are inlined, the names are longer
 *     than those that the tensors have themselves
 */
public record Weights(Map<String, Tensor> tensors) {

  public Weights {
    tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
  }

  /**
   * A set of the given tensors.
   *
   * @throws IllegalArgumentException if two of them have one name
   */
  public static Weights of(Collection<Tensor> tensors) {
    Map<String, Tensor> byName = new TreeMap<>();
    for (Tensor tensor : tensors) {
      if (byName.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException("two tensors `" + tensor.name() + "`");
      }
    }
    return new Weights(byName);
  }

  /** The tensor with that name, or empty if there is none. */
  public Optional<Tensor> tensor(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /**
   * Returns these tensors in another format, each element rounded once to {@code type}.
   *
   * @throws FormatException if an element overflows
   */
  public Weights rounded(ElementType type) throws FormatException {
    return rounded(type, tensors.keySet());
  }

  /**
   * Returns the named tensors in another format, each element rounded once to {@code type}, and all
   * others as they are.
   *
   * @throws FormatException if an element overflows
   */
  public Weights rounded(ElementType type, Set<String> names) throws FormatException {
    Map<String, Tensor> rounded = new TreeMap<>(tensors);
    for (String name : names) {
      Tensor tensor = tensors.get(name);
      if (tensor != null) {
        rounded.put(name, tensor.rounded(type));
      }
    }
    return new Weights(rounded);
  }
}
