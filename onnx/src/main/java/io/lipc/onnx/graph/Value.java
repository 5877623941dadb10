package io.lipc.onnx.graph;

import java.util.List;

/** A value of the graph, for which a name stands. */
public sealed interface Value {

  List<Integer> shape();

  /** Numbers that do not depend on the input. */
  record Constant(OnnxConstant constant) implements Value {
    @Override
    public List<Integer> shape() {
      return constant.shape();
    }
  }

  /**
   * The output of a layer, in the shape that ONNX gives to it; the layer itself is a vector of the
   * same elements in row-major order.
   */
  record Signal(int layer, List<Integer> shape) implements Value {
    public Signal {
      shape = List.copyOf(shape);
    }

    /** The number of its elements. */
    public int size() {
      return Shapes.size(shape);
    }
  }

  /**
   * An image with zeros around it, which Pad made: there is no layer for these yet, and a
   * convolution takes them for its own.
   *
   * @param padding the zeros around it: {@code [above, left, below, right]}
   * @param place how messages call the node
   */
  record Padded(Signal image, List<Integer> padding, String place) implements Value {
    public Padded {
      padding = List.copyOf(padding);
    }

    @Override
    public List<Integer> shape() {
      List<Integer> inside = image.shape();
      return List.of(
          inside.get(0),
          inside.get(1),
          inside.get(2) + padding.get(0) + padding.get(2),
          inside.get(3) + padding.get(1) + padding.get(3));
    }

    /** The value in words, for messages. */
    public String words() {
      return "what " + place + " pads with zeros";
    }
  }
}
