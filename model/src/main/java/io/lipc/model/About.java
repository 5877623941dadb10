package io.lipc.model;

import java.util.List;
import java.util.OptionalInt;

/** Elements of the input and of the output that a trend or a slope is about. */
public sealed interface About {

  /** The elements of the input as messages name them, {@code x} or {@code x[2]}. */
  String name();

  /** One of these elements of the input, by its number in the whole input, as messages name it. */
  default String nameOf(int element) {
    return name();
  }

  /** The name of the input. */
  default String input() {
    String name = name();
    return name.contains("[") ? name.substring(0, name.indexOf('[')) : name;
  }

  /**
   * As written.
   *
   * @param input the name of an input
   * @param element the number of its element; empty for all of them
   * @param output the number of the output; empty for all of them
   */
  record Named(String input, OptionalInt element, OptionalInt output) implements About {
    @Override
    public String name() {
      return input + (element.isPresent() ? "[" + element.getAsInt() + "]" : "");
    }
  }

  /**
   * The elements that a checked network has, by number.
   *
   * @param inputs numbers of elements of the whole input, in increasing order
   * @param outputs numbers of elements of the output, in increasing order
   * @param name of the elements of the input, as it was written
   */
  record Elements(List<Integer> inputs, List<Integer> outputs, String name) implements About {
    public Elements {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    @Override
    public String nameOf(int element) {
      return inputs.size() > 1 ? name + "[" + (element - inputs.getFirst()) + "]" : name;
    }
  }
}
