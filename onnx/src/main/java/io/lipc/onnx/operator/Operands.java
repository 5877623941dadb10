package io.lipc.onnx.operator;

import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The two operands of a sum, difference, product or quotient, in shapes that broadcast as newer
 * versions of ONNX say: before version 7 an attribute says how the second one is repeated.
 */
record Operands(Value left, Value right) {

  private static final int NUMPY = 7;

  static Operands of(Arguments arguments) throws OnnxException {
    if (arguments.opset() >= NUMPY) {
      arguments.expect(2, 2);
      return new Operands(arguments.value(0), arguments.value(1));
    }
    arguments.expect(2, 2, "axis", "broadcast");
    List<Integer> left = arguments.value(0).shape();
    List<Integer> right = arguments.value(1).shape();
    boolean repeats = arguments.integer("broadcast", 0) != 0;
    if (!repeats && !left.equals(right)) {
      throw arguments.invalid(
          "has operands of shapes %s and %s, which without `broadcast` do not fit"
              .formatted(Shapes.words(left), Shapes.words(right)));
    }
    return repeats && Shapes.size(right) != 1
        ? new Operands(arguments.value(0), aligned(arguments, left, right))
        : new Operands(arguments.value(0), arguments.value(1));
  }

  /** The second operand with an extent of 1 for each extent of the first one behind its own. */
  private static Value aligned(Arguments arguments, List<Integer> left, List<Integer> right)
      throws OnnxException {
    int last = left.size() - right.size();
    long axis = arguments.integer("axis", last);
    if (axis < 0
        || axis > last
        || !left.subList((int) axis, (int) axis + right.size()).equals(right)) {
      throw arguments.invalid(
          "has operands of shapes %s and %s, which along axis %d do not fit"
              .formatted(Shapes.words(left), Shapes.words(right), axis));
    }
    List<Integer> shape = new ArrayList<>(right);
    shape.addAll(Collections.nCopies(last - (int) axis, 1));
    return switch (arguments.value(1)) {
      case Value.Constant constant -> new Value.Constant(constant.constant().reshaped(shape));
      case Value.Signal signal -> new Value.Signal(signal.layer(), shape);
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }
}
