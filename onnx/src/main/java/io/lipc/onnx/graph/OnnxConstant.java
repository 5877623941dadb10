package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;

/**
 * A constant tensor, in row-major order; its array is never written to, so constants of other
 * shapes share it.
 */
public final class OnnxConstant {

  /** The kind of a constant's elements in the file. */
  public enum Kind {
    SINGLE,
    DOUBLE,
    INTEGER,
    BOOLEAN;

    /** Whether its numbers are real ones, not integers or truth values. */
    public boolean isReal() {
      return this == SINGLE || this == DOUBLE;
    }
  }

  private final Kind kind;
  private final List<Integer> shape;
  private final double[] values;

  /** A constant of numbers in row-major order. */
  public OnnxConstant(Kind kind, List<Integer> shape, double[] values) {
    this.kind = kind;
    this.shape = List.copyOf(shape);
    this.values = values;
    if (Shapes.size(shape) != values.length) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
  }

  /** The kind of its numbers. */
  public Kind kind() {
    return kind;
  }

  /** The extents of the constant; none for a single number. */
  public List<Integer> shape() {
    return shape;
  }

  /** The number of its elements. */
  public int size() {
    return values.length;
  }

  /** One of its numbers, in row-major order. */
  public double get(int index) {
    return values[index];
  }

  /** The same elements in another shape of as many. */
  public OnnxConstant reshaped(List<Integer> other) {
    return new OnnxConstant(kind, other, values);
  }

  /** Some of its elements, in another order and shape. */
  public OnnxConstant picked(Pick pick) {
    int[] places = pick.places();
    double[] taken = new double[places.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = values[places[i]];
    }
    return new OnnxConstant(kind, pick.shape(), taken);
  }

  /** A matrix with its rows and columns exchanged. */
  public OnnxConstant transposed() {
    int rows = shape.get(0);
    int columns = shape.get(1);
    double[] turned = new double[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return new OnnxConstant(kind, List.of(columns, rows), turned);
  }

  /**
   * The elements repeated to a larger shape, which has to be one that the constant broadcasts to.
   *
   * @param budget takes as many numbers, and looks at the clock
   */
  public double[] broadcastTo(List<Integer> target, Budget budget) throws OnnxException {
    budget.numbers(Shapes.size(target));
    double[] all = new double[Shapes.size(target)];
    int[] strides = strides(target);
    for (int i = 0; i < all.length; i++) {
      budget.look(i);
      int rest = i;
      int at = 0;
      for (int d = target.size() - 1; d >= 0; d--) {
        at += rest % target.get(d) * strides[d];
        rest /= target.get(d);
      }
      all[i] = values[at];
    }
    return all;
  }

  /**
   * The step to the next element along each extent of {@code target}; 0 where elements are
   * repeated.
   */
  private int[] strides(List<Integer> target) {
    int[] strides = new int[target.size()];
    int stride = 1;
    for (int back = 1; back <= shape.size(); back++) {
      int extent = shape.get(shape.size() - back);
      strides[target.size() - back] = extent == 1 ? 0 : stride;
      stride *= extent;
    }
    return strides;
  }

  /** The numbers of the constant, in row-major order. */
  public double[] values() {
    return values.clone();
  }
}
