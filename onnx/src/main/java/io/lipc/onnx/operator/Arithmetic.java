package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Pick;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Sums, differences, products and quotients, with at least one operand that is a signal. */
final class Arithmetic {

  private final Arguments arguments;
  private final Layers layers;

  Arithmetic(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  Value.Signal add() throws OnnxException {
    Operands operands = Operands.of(arguments);
    return add(operands.left(), operands.right());
  }

  Value.Signal subtract() throws OnnxException {
    Operands operands = Operands.of(arguments);
    if (operands.left() instanceof Value.Signal x
        && operands.right() instanceof Value.Signal y
        && layers.note(y.layer()).orElse(null) instanceof Note.Mean(int operand)
        && operand == x.layer()
        && shape(x, y.shape()).equals(x.shape())) {
      return new Value.Signal(layers.centred(x.layer()), x.shape());
    }
    return add(operands.left(), negative(operands.right()));
  }

  Value.Signal negate() throws OnnxException {
    arguments.expect(1, 1);
    return scaled(arguments.signal(0), -1);
  }

  Value.Signal sum() throws OnnxException {
    arguments.expect(1, Integer.MAX_VALUE);
    if (arguments.inputs().size() > 1 && areAlike()) {
      List<Integer> terms = new ArrayList<>();
      for (int i = 0; i < arguments.inputs().size(); i++) {
        terms.add(arguments.signal(i).layer());
      }
      return new Value.Signal(layers.sum(terms), arguments.value(0).shape());
    }
    Value sum = arguments.value(0);
    for (int i = 1; i < arguments.inputs().size(); i++) {
      sum =
          add(sum, arguments.optional(i).orElseThrow(() -> arguments.invalid("leaves out a term")));
    }
    return sum instanceof Value.Signal signal ? signal : arguments.signal(0);
  }

  /** Whether all inputs are signals of one shape. */
  private boolean areAlike() {
    List<Integer> shape = arguments.value(0).shape();
    return arguments.inputs().stream()
        .allMatch(input -> input.orElse(null) instanceof Value.Signal x && x.shape().equals(shape));
  }

  Value.Signal multiply() throws OnnxException {
    Operands operands = Operands.of(arguments);
    Value a = operands.left();
    Value b = operands.right();
    if (a instanceof Value.Signal x && b instanceof Value.Signal y) {
      return silu(x, y);
    }
    return a instanceof Value.Signal x
        ? times(x, constant(b), value -> value)
        : times(signal(b), constant(a), value -> value);
  }

  /** A quotient by c is the product with the double nearest to 1/c. */
  Value.Signal divide() throws OnnxException {
    Operands operands = Operands.of(arguments);
    if (!(operands.right() instanceof Value.Constant)) {
      throw arguments.unread(
          "divides by a signal, for which lipc knows no Lipschitz bound",
          Outlook.NOT_PLANNED,
          "export the model up to it, or divide by a constant");
    }
    OnnxConstant divisor = constant(operands.right());
    if (Arrays.stream(divisor.values()).anyMatch(value -> !Double.isFinite(1 / value))) {
      throw arguments.unread(
          "divides by a constant that has a zero",
          Outlook.NOT_PLANNED,
          "train and export the model with another constant");
    }
    Value.Signal x = signal(operands.left());
    Value.Signal quotient = times(x, divisor, value -> 1 / value);
    if (divisor.size() == 1) {
      layers.note(quotient.layer(), x.layer(), new Note.Quotient(x.layer(), divisor.get(0)));
    }
    return quotient;
  }

  /** {@code x * Sigmoid(x)}, in either order, is the only product of signals with a bound. */
  private Value.Signal silu(Value.Signal x, Value.Signal y) throws OnnxException {
    boolean same = x.shape().equals(y.shape());
    if (same && layers.isSigmoidOf(y.layer(), x.layer())) {
      return new Value.Signal(layers.activate(x.layer(), Operators.SILU), x.shape());
    }
    if (same && layers.isSigmoidOf(x.layer(), y.layer())) {
      return new Value.Signal(layers.activate(y.layer(), Operators.SILU), y.shape());
    }
    throw arguments.unread(
        "multiplies two signals, for which lipc knows no Lipschitz bound unless it is x *"
            + " Sigmoid(x)",
        Outlook.NOT_PLANNED,
        "export the model up to it, or with an activation in its place");
  }

  Value.Signal scaled(Value.Signal signal, double factor) throws OnnxException {
    return new Value.Signal(layers.scale(signal.layer(), factor), signal.shape());
  }

  private Value negative(Value value) throws OnnxException {
    return times(value, -1);
  }

  /** A value times a factor; a constant is rounded to doubles. */
  Value times(Value value, double factor) throws OnnxException {
    return switch (value) {
      case Value.Signal signal -> scaled(signal, factor);
      case Value.Constant constant -> {
        OnnxConstant old = constant(constant);
        arguments.budget().numbers(old.size());
        double[] values = Arrays.stream(old.values()).map(v -> factor * v).toArray();
        checkFinite(values);
        yield new Value.Constant(new OnnxConstant(old.kind(), old.shape(), values));
      }
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }

  Value.Signal add(Value a, Value b) throws OnnxException {
    if (a instanceof Value.Signal x && b instanceof Value.Signal y) {
      List<Integer> shape = shape(x, y.shape());
      int left = repeated(x, shape);
      int right = repeated(y, shape);
      Optional<Mirrored> mirrored =
          Mirrored.of(layers, left, right).or(() -> Mirrored.of(layers, right, left));
      int sum =
          mirrored.isPresent()
              ? layers.activate(
                  mirrored.get().of(), mirrored.get().activation(), mirrored.get().channels())
              : layers.sum(List.of(left, right));
      return new Value.Signal(sum, shape);
    }
    if (a instanceof Value.Signal x) {
      return shifted(x, constant(b));
    }
    if (b instanceof Value.Signal y) {
      return shifted(y, constant(a));
    }
    return arguments.signal(0); // Says that both are constants.
  }

  private Value.Signal shifted(Value.Signal x, OnnxConstant shift) throws OnnxException {
    List<Integer> shape = shape(x, shift.shape());
    return new Value.Signal(layers.shift(repeated(x, shape), spread(shift, shape)), shape);
  }

  private Value.Signal times(Value.Signal x, OnnxConstant factor, DoubleUnaryOperator map)
      throws OnnxException {
    List<Integer> shape = shape(x, factor.shape());
    double[] scale = Arrays.stream(spread(factor, shape)).map(map).toArray();
    return new Value.Signal(layers.scale(repeated(x, shape), scale), shape);
  }

  private double[] spread(OnnxConstant constant, List<Integer> shape) throws OnnxException {
    return constant.broadcastTo(shape, arguments.budget());
  }

  /** The layer of a signal whose elements are repeated to a shape that it broadcasts to. */
  private int repeated(Value.Signal x, List<Integer> shape) throws OnnxException {
    if (Shapes.size(shape) == x.size()) {
      return x.layer();
    }
    arguments.budget().numbers(Shapes.size(shape));
    Pick pick = Pick.repeated(x.shape(), shape);
    return layers.select(x.layer(), pick.places(), Shapes.ofRow(shape));
  }

  /** The shape of the result. */
  private List<Integer> shape(Value.Signal signal, List<Integer> other) throws OnnxException {
    Optional<List<Integer>> shape = Shapes.broadcast(signal.shape(), other);
    if (shape.isEmpty()) {
      throw arguments.invalid(
          "has operands of shapes "
              + Shapes.words(signal.shape())
              + " and "
              + Shapes.words(other)
              + ", which do not fit");
    }
    return shape.get();
  }

  private Value.Signal signal(Value value) throws OnnxException {
    return switch (value) {
      case Value.Signal signal -> signal;
      case Value.Constant _ -> arguments.signal(0); // Says that both are constants.
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }

  private OnnxConstant constant(Value value) throws OnnxException {
    if (value instanceof Value.Constant constant && constant.constant().kind().isReal()) {
      return constant.constant();
    }
    throw arguments.unread(
        "has an operand of integers, which lipc does not compute with",
        Outlook.NOT_PLANNED,
        "export the model with real numbers");
  }

  private void checkFinite(double[] values) throws OnnxException {
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw arguments.unread(
          "overflows a constant",
          Outlook.NOT_PLANNED,
          "train and export the model with smaller numbers");
    }
  }
}
