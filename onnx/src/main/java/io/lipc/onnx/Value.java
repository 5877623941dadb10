package io.lipc.onnx;

import java.util.List;

/** What a name of the graph stands for. */
sealed interface Value {

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

    int size() {
      return Shapes.size(shape);
    }
  }
}
