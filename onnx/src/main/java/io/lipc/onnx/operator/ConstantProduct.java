package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A product of two constants, a matrix or a vector each, whose elements are rounded once: models
 * that were trained with normed weights divide them by such a product.
 */
final class ConstantProduct {

  private final Arguments arguments;
  private final OnnxConstant left;
  private final OnnxConstant right;

  private ConstantProduct(Arguments arguments) throws OnnxException {
    arguments.expect(2, 2);
    this.arguments = arguments;
    this.left = arguments.real(0, "a constant");
    this.right = arguments.real(1, "a constant");
  }

  static Value of(Arguments arguments) throws OnnxException {
    return new Value.Constant(new ConstantProduct(arguments).product());
  }

  private OnnxConstant product() throws OnnxException {
    checkRank(left);
    checkRank(right);
    int inner = left.shape().getLast();
    boolean fits = right.shape().getFirst() == inner && left.kind() == right.kind();
    if (!fits) {
      throw arguments.invalid(
          "multiplies constants of shapes %s and %s, or of two types"
              .formatted(Shapes.words(left.shape()), Shapes.words(right.shape())));
    }
    List<Integer> shape = new ArrayList<>(left.shape().subList(0, left.shape().size() - 1));
    shape.addAll(right.shape().subList(1, right.shape().size()));
    int columns = right.shape().size() == 1 ? 1 : right.shape().get(1);
    int rows = left.shape().size() == 1 ? 1 : left.shape().get(0);
    arguments.budget().products((long) rows * columns * inner);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = element(i / columns, i % columns, inner, columns);
    }
    return new OnnxConstant(left.kind(), shape, values);
  }

  private void checkRank(OnnxConstant constant) throws OnnxException {
    if (constant.shape().isEmpty() || constant.shape().size() > 2) {
      throw arguments.unread(
          "multiplies constants of which one has the shape " + Shapes.words(constant.shape()),
          Outlook.NOT_PLANNED,
          "fold them when the model is exported");
    }
  }

  /** Exact until the end. */
  private double element(int row, int column, int inner, int columns) throws OnnxException {
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 0; k < inner; k++) {
      arguments.budget().look();
      double a = left.get(row * inner + k);
      double b = right.get(k * columns + column);
      if (a != 0 && b != 0) {
        sum = sum.add(new BigDecimal(a).multiply(new BigDecimal(b)));
      }
    }
    double rounded = sum.doubleValue();
    if (!Double.isFinite(rounded)) {
      throw arguments.unread(
          "overflows a constant",
          Outlook.NOT_PLANNED,
          "train and export the model with smaller numbers");
    }
    return rounded;
  }
}
