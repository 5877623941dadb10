package io.lipc.onnx.operator;

import io.lipc.certificate.linear.Selection;
import io.lipc.model.Shape;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.Optional;

/**
 * A layer with all elements of its operand in another order. An operation on each element can be
 * moved before it; so two of them meet and undo each other, and a matrix behind one is another
 * matrix.
 */
final class Reordered {

  private final int operand;
  private final List<Integer> indices;
  private final Shape shape;

  private Reordered(int operand, List<Integer> indices, Shape shape) {
    this.operand = operand;
    this.indices = indices;
    this.shape = shape;
  }

  /** Empty if elements are left out or taken twice. */
  static Optional<Reordered> of(int operand, int size, Selection map, Shape shape) {
    boolean[] taken = new boolean[size];
    map.indices().forEach(i -> taken[i] = true);
    boolean all = map.indices().size() == size;
    for (boolean one : taken) {
      all &= one;
    }
    return all ? Optional.of(new Reordered(operand, map.indices(), shape)) : Optional.empty();
  }

  /** The layer whose elements these are. */
  int operand() {
    return operand;
  }

  Shape shape() {
    return shape;
  }

  /** The number of each element in the operand. */
  int[] places() {
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }

  boolean hasOrderOf(Reordered other) {
    return indices.equals(other.indices);
  }

  /** Numbers of the elements, in the order of the operand. */
  double[] before(double[] after) {
    double[] before = new double[after.length];
    for (int i = 0; i < after.length; i++) {
      before[indices.get(i)] = after[i];
    }
    return before;
  }

  /**
   * The matrix that makes of the operand what {@code matrix} makes of these elements.
   *
   * @param transposed whether its rows belong to these elements, and not its columns
   */
  OnnxConstant matrix(OnnxConstant matrix, boolean transposed, Budget budget) throws OnnxException {
    int inputs = indices.size();
    int outputs = matrix.size() / inputs;
    budget.numbers(matrix.size());
    double[] values = new double[matrix.size()];
    int down = transposed ? 1 : inputs;
    int across = transposed ? outputs : 1;
    for (int i = 0; i < outputs; i++) {
      budget.look();
      for (int j = 0; j < inputs; j++) {
        values[i * inputs + indices.get(j)] = matrix.get(i * down + j * across);
      }
    }
    return new OnnxConstant(matrix.kind(), List.of(outputs, inputs), values);
  }
}
