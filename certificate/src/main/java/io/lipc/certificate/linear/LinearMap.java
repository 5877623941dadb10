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
    permits Centering, Concatenation, Diagonal, Identity, Matrix, Scaling, Selection, Sum {

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

  /** A tensor that it is made of, and the shape that this has. */
  record TensorShape(String name, List<Integer> shape) {
    /** Copies the shape. */
    public TensorShape {
      shape = List.copyOf(shape);
    }
  }

  /** Its word in certificates and messages. */
  String word();

  /**
   * The number of elements that it gives, for operands of these sizes; empty if it takes none such.
   * Unless a map says otherwise, it reads one operand and gives as many elements.
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

  /** The elements of b, by number. */
  default IntToDoubleFunction shift(Weights weights) {
    return _ -> 0;
  }

  /** Whether it computes nothing: all that it gives are elements of x, as they are. */
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
   */
  default OptionalDouble gain() {
    return OptionalDouble.empty();
  }

  /** The real numbers that it is made of, besides tensors. */
  default List<Double> constants() {
    return List.of();
  }

  /** The tensors that it is made of. */
  default List<TensorShape> tensors() {
    return List.of();
  }

  /** The same map of tensors of other names. */
  default LinearMap renamed(UnaryOperator<String> name) {
    return this;
  }
}
