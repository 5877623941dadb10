package io.lipc.onnx.operator;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sums and means of a signal along some of its extents, as a matrix or as pooling of an image. */
final class Reduction {

  /** A matrix of so many numbers is written as one only if no smaller map computes the same. */
  private static final int LARGE = 1 << 16;

  private final Arguments arguments;
  private final Layers layers;

  Reduction(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /** One divided by the number of elements is rounded to the nearest double. */
  Value.Signal mean() throws OnnxException {
    Value.Signal x = operands(18);
    Set<Integer> axes = axes(x.shape());
    List<Integer> from = x.shape();
    boolean pixels = from.size() == 4 && axes.equals(Set.of(2, 3)) && from.getFirst() == 1;
    if (pixels) {
      Grid image = arguments.image(0);
      List<Integer> all = List.of(image.height(), image.width());
      int layer = layers.averagePool(x.layer(), image, Window.plain(all, all));
      return new Value.Signal(layer, shape(from, axes));
    }
    int count = axes.stream().map(from::get).reduce(1, Math::multiplyExact);
    return reduced(x, axes, 1.0 / count);
  }

  Value.Signal sum() throws OnnxException {
    Value.Signal x = operands(13);
    return reduced(x, axes(x.shape()), 1);
  }

  /** The axes of a mean or a length of what has that shape. */
  Set<Integer> axesOf(List<Integer> shape) throws OnnxException {
    operands(18);
    return axes(shape);
  }

  /** Axes are an attribute before some version, and an input from then on. */
  private Value.Signal operands(int since) throws OnnxException {
    if (arguments.opset() < since) {
      arguments.expect(1, 1, "axes", "keepdims");
    } else {
      arguments.expect(1, 2, "keepdims", "noop_with_empty_axes");
    }
    return arguments.signal(0);
  }

  /** All extents, where none are named, unless that means that nothing is done. */
  private Set<Integer> axes(List<Integer> shape) throws OnnxException {
    List<Long> named = arguments.axes().orElse(List.of());
    Set<Integer> axes = new HashSet<>();
    for (long axis : named) {
      axes.add(arguments.place(axis, shape.size()));
    }
    if (named.isEmpty() && arguments.integer("noop_with_empty_axes", 0) == 0) {
      for (int d = 0; d < shape.size(); d++) {
        axes.add(d);
      }
    }
    return axes;
  }

  private List<Integer> shape(List<Integer> from, Set<Integer> axes) throws OnnxException {
    boolean keeps = arguments.integer("keepdims", 1) != 0;
    List<Integer> shape = new ArrayList<>();
    for (int d = 0; d < from.size(); d++) {
      if (!axes.contains(d)) {
        shape.add(from.get(d));
      } else if (keeps) {
        shape.add(1);
      }
    }
    return shape;
  }

  /** The matrix with {@code factor} for each element that a result depends on. */
  private Value.Signal reduced(Value.Signal x, Set<Integer> axes, double factor)
      throws OnnxException {
    List<Integer> from = x.shape();
    List<Integer> shape = shape(from, axes);
    int outputs = Shapes.size(shape);
    if (outputs == x.size()) {
      return new Value.Signal(x.layer(), shape);
    }
    if (axes.size() == 1 && (long) outputs * x.size() > LARGE) {
      return noted(x, axes, factor, new Value.Signal(grouped(x, axes, factor), shape));
    }
    if ((long) outputs * x.size() > Budget.MAX_NUMBERS) {
      throw arguments.unread(
          "is a matrix of %d x %d, which is too large".formatted(outputs, x.size()),
          Outlook.NOT_PLANNED,
          "make the layer smaller");
    }
    arguments.budget().numbers((long) outputs * x.size());
    double[] matrix = new double[outputs * x.size()];
    int[] rows = rows(from, axes);
    for (int i = 0; i < rows.length; i++) {
      matrix[rows[i] * rows.length + i] = factor;
    }
    OnnxConstant weight =
        new OnnxConstant(OnnxConstant.Kind.DOUBLE, List.of(outputs, x.size()), matrix);
    return noted(x, axes, factor, new Value.Signal(layers.dense(x.layer(), weight, false), shape));
  }

  /** The result with a note, for operators that make one function of it. */
  private Value.Signal noted(
      Value.Signal x, Set<Integer> axes, double factor, Value.Signal reduced) {
    List<Integer> from = x.shape();
    if (reduced.size() == 1 && factor == 1.0 / x.size()) {
      layers.note(reduced.layer(), x.layer(), new Note.Mean(x.layer()));
    } else if (axes.size() == 1 && factor == 1) {
      int axis = axes.iterator().next();
      int pixels = Shapes.size(from.subList(axis + 1, from.size()));
      layers.note(reduced.layer(), x.layer(), new Note.Sums(x.layer(), from.get(axis), pixels));
    }
    return reduced;
  }

  /** The same as a convolution of one pixel, in groups of channels, which has fewer numbers. */
  private int grouped(Value.Signal x, Set<Integer> axes, double factor) throws OnnxException {
    int axis = axes.iterator().next();
    List<Integer> from = x.shape();
    int size = from.get(axis);
    int groups = Shapes.size(from.subList(0, axis));
    int pixels = Shapes.size(from.subList(axis + 1, from.size()));
    double[] factors = new double[groups * size];
    Arrays.fill(factors, factor);
    OnnxConstant weight =
        new OnnxConstant(OnnxConstant.Kind.DOUBLE, List.of(groups, size, 1, 1), factors);
    return layers.convolution(
        x.layer(),
        new Grid(groups * size, pixels, 1),
        new Kernel(weight, Optional.empty(), groups),
        Window.plain(List.of(1, 1), List.of(1, 1)));
  }

  /** The number of the result that each element goes into. */
  private static int[] rows(List<Integer> from, Set<Integer> axes) {
    int[] strides = new int[from.size()];
    int stride = 1;
    for (int d = from.size() - 1; d >= 0; d--) {
      strides[d] = axes.contains(d) ? 0 : stride;
      stride *= axes.contains(d) ? 1 : from.get(d);
    }
    int[] rows = new int[Shapes.size(from)];
    Arrays.setAll(
        rows,
        i -> {
          int rest = i;
          int row = 0;
          for (int d = from.size() - 1; d >= 0; d--) {
            row += rest % from.get(d) * strides[d];
            rest /= from.get(d);
          }
          return row;
        });
    return rows;
  }
}
