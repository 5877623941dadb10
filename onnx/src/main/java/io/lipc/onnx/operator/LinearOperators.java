package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.Optional;

/** Products of a signal, which is one vector, with a constant matrix. */
final class LinearOperators {

  private final Arguments arguments;
  private final Layers layers;

  LinearOperators(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /** Two of the last extents of an operand, after a transposition, and its number. */
  private record Matrix(int input, int rows, int columns, boolean transposed) {}

  /** {@code alpha A B + beta C}, A and B possibly transposed. */
  Value.Signal gemm() throws OnnxException {
    if (arguments.opset() < 7) {
      arguments.expect(3, 3, "alpha", "beta", "broadcast", "transA", "transB");
    } else {
      arguments.expect(2, 3, "alpha", "beta", "transA", "transB");
    }
    Matrix a = matrix(0, arguments.integer("transA", 0) != 0);
    Matrix b = matrix(1, arguments.integer("transB", 0) != 0);
    int rank = Math.max(2, arguments.value(0).shape().size());
    Value.Signal product = product(a, b, Shapes.ones(rank - 2, a.rows(), b.columns()));
    Arithmetic arithmetic = new Arithmetic(arguments, layers);
    Value.Signal scaled = arithmetic.scaled(product, arguments.real("alpha", 1));
    Optional<Value> c = arguments.optional(2);
    float beta = arguments.real("beta", 1);
    if (arguments.opset() < 7 && arguments.integer("broadcast", 0) == 0) {
      checkShape(c, product.shape());
    }
    return c.isEmpty() || beta == 0
        ? scaled
        : arithmetic.add(scaled, arithmetic.times(c.get(), beta));
  }

  /** Checks that C is not repeated, which older versions say by an attribute. */
  private void checkShape(Optional<Value> c, List<Integer> shape) throws OnnxException {
    if (c.isPresent() && !c.get().shape().equals(shape)) {
      throw arguments.invalid(
          "adds a C of shape %s to a product of shape %s, which without `broadcast` do not fit"
              .formatted(Shapes.words(c.get().shape()), Shapes.words(shape)));
    }
  }

  private Matrix matrix(int index, boolean transposed) throws OnnxException {
    List<Integer> shape = arguments.value(index).shape();
    if (shape.size() > 2 && arguments.value(index) instanceof Value.Signal signal) {
      shape = row(signal);
    }
    if (shape.size() != 2) {
      throw arguments.invalid(
          "has input " + index + " of shape " + shape + ", which is not a matrix");
    }
    int first = shape.get(transposed ? 1 : 0);
    int second = shape.get(transposed ? 0 : 1);
    return new Matrix(index, first, second, transposed);
  }

  /**
   * The row that a signal is whose extents are all 1 but one: older exporters of MATLAB give it to
   * Gemm with the extents of an image, and have such extents of the product. There is one way to
   * read it.
   */
  private static List<Integer> row(Value.Signal signal) {
    long longer = signal.shape().stream().filter(extent -> extent != 1).count();
    return longer <= 1 ? List.of(1, signal.size()) : signal.shape();
  }

  /**
   * A product of matrices, as numpy.matmul has it: a vector on the left is a row, and one on the
   * right is a column.
   */
  Value.Signal matMul() throws OnnxException {
    arguments.expect(2, 2);
    List<Integer> left = arguments.value(0).shape();
    List<Integer> right = arguments.value(1).shape();
    if (left.isEmpty() || right.isEmpty()) {
      throw arguments.invalid("has a scalar operand");
    }
    Matrix a = last(0, left, true);
    Matrix b = last(1, right, false);
    List<Integer> shape = Shapes.ones(Math.max(0, Math.max(left.size(), right.size()) - 2));
    if (left.size() > 1) {
      shape.add(a.rows());
    }
    if (right.size() > 1) {
      shape.add(b.columns());
    }
    return product(a, b, shape);
  }

  /** The last two extents; those before them have to be 1. */
  private Matrix last(int index, List<Integer> shape, boolean asRow) throws OnnxException {
    int rank = shape.size();
    if (rank == 1) {
      return asRow
          ? new Matrix(index, 1, shape.getFirst(), false)
          : new Matrix(index, shape.getFirst(), 1, false);
    }
    if (shape.subList(0, rank - 2).stream().anyMatch(extent -> extent != 1)) {
      throw arguments.unread(
          "has input " + index + " of shape " + shape + ", which is more than one matrix",
          Outlook.NOT_PLANNED,
          "export the model with one matrix");
    }
    return new Matrix(index, shape.get(rank - 2), shape.get(rank - 1), false);
  }

  private Value.Signal product(Matrix a, Matrix b, List<Integer> shape) throws OnnxException {
    if (a.columns() != b.rows()) {
      throw arguments.invalid(
          String.format(
              "multiplies a matrix of %d columns with one of %d rows", a.columns(), b.rows()));
    }
    return switch (arguments.value(a.input())) {
      case Value.Constant weight -> times(weight.constant(), a, b, b.columns(), shape);
      case Value.Signal _ -> {
        if (!(arguments.value(b.input()) instanceof Value.Constant weight)) {
          throw arguments.unread(
              "multiplies two signals, for which lipc knows no Lipschitz bound",
              Outlook.NOT_PLANNED,
              "export the model up to it; of attention, a kind with a bound is planned");
        }
        yield times(weight.constant(), b, a, a.rows(), shape);
      }
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }

  /**
   * The product of a constant with a signal, which is one vector.
   *
   * @param constant the constant's place: on the right of a signal it is the transpose of the
   *     layer's matrix
   * @param vectors the number of vectors in the signal
   */
  private Value.Signal times(
      OnnxConstant weight, Matrix constant, Matrix signal, int vectors, List<Integer> shape)
      throws OnnxException {
    Value.Signal vector = arguments.signal(signal.input());
    if (vectors != 1) {
      throw arguments.unread(
          "multiplies %d vectors at once (shape %s), and lipc reads networks of one vector"
              .formatted(vectors, Shapes.words(vector.shape())),
          Outlook.NOT_PLANNED,
          "export the model with a batch of any size or of 1");
    }
    if (!weight.kind().isReal() || weight.size() == 0) {
      throw arguments.unread(
          "has a matrix of integers, or an empty one",
          Outlook.NOT_PLANNED,
          "export the model with a matrix of real numbers");
    }
    boolean onTheRight = constant.input() == 1;
    OnnxConstant matrix = matrix(weight, constant);
    boolean transposed = onTheRight != constant.transposed();
    return new Value.Signal(layers.dense(vector.layer(), matrix, transposed), shape);
  }

  /** The constant with two extents, as it is stored; the same object where it has two. */
  private static OnnxConstant matrix(OnnxConstant weight, Matrix place) {
    return weight.shape().size() == 2
        ? weight
        : weight.reshaped(List.of(place.rows(), place.columns()));
  }
}
