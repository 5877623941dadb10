package io.lipc.onnx.operator;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Pick;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Linear resizing along one axis: each element is a mean of two neighbours, with weights that are
 * quotients of integers and are rounded once. All rows along the axis are read by one convolution
 * whose window is a whole row, so its kernel is the matrix of the axis, and its norm is that of the
 * matrix.
 *
 * @param from the extent of the axis
 * @param to its extent afterwards
 * @param up by which factor it grows: up / down
 * @param down the divisor of the factor
 * @param coordinates as ONNX names the way from an element of the result to its place
 */
record Interpolation(int from, int to, long up, long down, String coordinates) {

  /** Coordinates in which each element has a place that does not depend on the axis' length. */
  static final Set<String> CENTRED_OR_NOT =
      Set.of("half_pixel", "pytorch_half_pixel", "asymmetric");

  /** All coordinates that are read. */
  static final Set<String> COORDINATES =
      Set.of("half_pixel", "pytorch_half_pixel", "asymmetric", "align_corners");

  /** The signal with its axis resized. */
  Value.Signal apply(Value.Signal x, int axis, Arguments arguments, Layers layers)
      throws OnnxException {
    List<Integer> shape = x.shape();
    int rows = x.size() / from;
    arguments.budget().numbers(2L * x.size() + 2L * rows * to);
    Pick last = Pick.transposed(shape, moved(axis, shape.size() - 1, shape.size()));
    int row = layers.select(x.layer(), last.places(), Shapes.ofRow(last.shape()));
    Window whole = Window.plain(List.of(1, from), List.of(1, from));
    Kernel kernel = new Kernel(matrix(arguments), Optional.empty(), 1);
    int columns = layers.convolution(row, new Grid(1, rows, from), kernel, whole);
    List<Integer> first = new ArrayList<>(shape.subList(0, axis));
    first.addAll(shape.subList(axis + 1, shape.size()));
    first.addFirst(to);
    Pick back = Pick.transposed(first, moved(0, axis, shape.size()));
    return new Value.Signal(
        layers.select(columns, back.places(), Shapes.ofRow(back.shape())), back.shape());
  }

  /** The order of so many extents, of which one stands at another place. */
  private static List<Integer> moved(int from, int to, int rank) {
    List<Integer> order = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      if (d != from) {
        order.add(d);
      }
    }
    order.add(to, from);
    return order;
  }

  /** {@code [to, 1, 1, from]}. */
  private OnnxConstant matrix(Arguments arguments) throws OnnxException {
    arguments.budget().numbers((long) to * from);
    double[] matrix = new double[Math.multiplyExact(to, from)];
    for (int o = 0; o < to; o++) {
      arguments.budget().look(o);
      long number = Math.min(Math.max(number(o), 0), (from - 1) * divisor());
      int left = (int) (number / divisor());
      long rest = number % divisor();
      matrix[o * from + left] = 1.0 * (divisor() - rest) / divisor();
      if (rest != 0) {
        matrix[o * from + left + 1] = 1.0 * rest / divisor();
      }
    }
    return new OnnxConstant(OnnxConstant.Kind.DOUBLE, List.of(to, 1, 1, from), matrix);
  }

  /** The place of element {@code o}, times the divisor. */
  private long number(long o) {
    return switch (coordinates) {
      case "align_corners" -> o * (from - 1);
      case "asymmetric" -> 2 * o * down;
      default -> isOne() ? 0 : (2 * o + 1) * down - up;
    };
  }

  private long divisor() {
    return coordinates.equals("align_corners") ? Math.max(1, to - 1) : 2 * up;
  }

  private boolean isOne() {
    return coordinates.equals("pytorch_half_pixel") && to == 1;
  }
}
