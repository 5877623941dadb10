package io.lipc.certificate.linear;

import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A function without a kink, {@code y = M x + b}: x are the elements of its operands, one after the
 * other. All coefficients are doubles, exactly; differences of two executions do not see b.
 *
 * <p>One record may stand for a map of every size, like a sum: sizes are asked for where they
 * matter.
 */
public sealed interface LinearMap
    permits BatchNorm, Centering, Diagonal, RowWise, Selection, Weighted, Windowed {

  /**
   * A row of M.
   *
   * @param places the numbers of elements of x, in increasing order
   * @param factors their coefficients; those of all other elements are zero
   */
  record Row(int[] places, double[] factors) {

    /** {@code x_place}, exactly as it is. */
    static Row copy(int place) {
      return new Row(new int[] {place}, new double[] {1});
    }
  }

  /**
   * A tensor that the map reads from the weights.
   *
   * @param name its name in the weights
   * @param shape the extents that it must have, outermost first
   */
  record TensorShape(String name, List<Integer> shape) {
    /** Copies the shape. */
    public TensorShape {
      shape = List.copyOf(shape);
    }
  }

  /** The map's name in certificates and messages, such as {@code dense}. */
  String word();

  /**
   * The number of elements that it gives, for operands of these sizes; empty if it does not take
   * these. Unless a map says otherwise, it reads one operand and gives as many elements.
   */
  default OptionalInt outputs(List<Integer> sizes) {
    return sizes.size() == 1 ? OptionalInt.of(sizes.getFirst()) : OptionalInt.empty();
  }

  /**
   * The rows of M, by number.
   *
   * @param sizes those of the operands, for which there are {@link #outputs}
   * @param weights its tensors, in their shapes
   */
  IntFunction<Row> rows(List<Integer> sizes, Weights weights);

  /** How many elements a row is looked up among, where these are more than it has. */
  default int taps() {
    return 0;
  }

  /**
   * The elements of b, by number: what is added to the rows; 0 unless the map says otherwise.
   *
   * @param weights the map's tensors
   */
  default IntToDoubleFunction shift(Weights weights) {
    return _ -> 0;
  }

  /**
   * Whether all numbers that it makes of its tensors are finite; those that it only reads are.
   *
   * @param weights the map's tensors, in their shapes
   */
  default boolean isFinite(Weights weights) {
    return true;
  }

  /** Whether the map only copies: all that it gives are elements of x, unchanged. */
  default boolean copies() {
    return false;
  }

  /**
   * The map that does to rows of several elements what this one does to elements: {@code M = N (x)
   * I} for every length of the rows, N the matrix of that map. Empty if this one reads elements.
   */
  default Optional<LinearMap> onRows() {
    return Optional.empty();
  }

  /**
   * A number with {@code |M x| <= gain |x|} in l2 that a proof may use in place of the rows; empty
   * where it has to use the rows, or to prove the number.
   *
   * @param weights the map's tensors
   */
  default OptionalDouble gain(Weights weights) {
    return OptionalDouble.empty();
  }

  /** The real numbers that are part of the map, besides tensors; empty if there are none. */
  default List<Double> constants() {
    return List.of();
  }

  /** The tensors that the map reads from the weights; empty if there are none. */
  default List<TensorShape> tensors() {
    return List.of();
  }

  /** The same map, whose tensors have the names that {@code name} gives theirs. */
  default LinearMap renamed(UnaryOperator<String> name) {
    return this;
  }
}
