package io.lipc.onnx.operator;

import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The larger or smaller of two numbers, by relu: {@code max(x, c) = relu(x - c) + c} and {@code
 * min(x, c) = c - relu(c - x)}. Both hold for signals in place of c, and neither rounds anything.
 */
final class Limits {

  /** The limit of operators of older versions where none is stated. */
  private static final float NONE = Float.MAX_VALUE;

  private static final Activation RELU = Activation.of(PointwiseKind.RELU);

  private final Arguments arguments;
  private final Layers layers;
  private final Arithmetic arithmetic;

  Limits(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
    this.arithmetic = new Arithmetic(arguments, layers);
  }

  Value.Signal clip() throws OnnxException {
    boolean attributes = arguments.opset() < 11;
    if (attributes) {
      arguments.expect(1, 1, "max", "min");
    } else {
      arguments.expect(1, 3);
    }
    Value.Signal x = arguments.signal(0);
    Optional<Double> least =
        attributes
            ? Optional.of((double) arguments.real("min", -NONE)).filter(number -> number > -NONE)
            : limit(1, "a least value", -1);
    Optional<Double> most =
        attributes
            ? Optional.of((double) arguments.real("max", NONE)).filter(number -> number < NONE)
            : limit(2, "a largest value", 1);
    if (least.isEmpty() || most.isEmpty()) {
      Value.Signal above = least.isPresent() ? above(x, least.get()) : x;
      return most.isPresent() ? below(above, most.get()) : above;
    }
    return between(x, least.get(), most.get());
  }

  /**
   * An input that is a limit; empty where there is none, or one that no number of its type exceeds.
   *
   * @param sign 1 for the largest number, -1 for the least
   */
  private Optional<Double> limit(int index, String what, int sign) throws OnnxException {
    if (arguments.optional(index).isEmpty()) {
      return Optional.empty();
    }
    OnnxConstant limit = arguments.real(index, what);
    if (limit.size() != 1) {
      throw arguments.invalid("has %s of %d numbers".formatted(what, limit.size()));
    }
    double none = limit.kind() == OnnxConstant.Kind.DOUBLE ? Double.MAX_VALUE : NONE;
    return Optional.of(limit.get(0)).filter(value -> value != sign * none);
  }

  /** One activation where that says the same exactly, and else two. */
  private Value.Signal between(Value.Signal x, double least, double most) throws OnnxException {
    if (least > most) {
      throw arguments.unread(
          "has the limits %s and %s, of which the first one is larger".formatted(least, most),
          Outlook.NOT_PLANNED,
          "export the model with the limits in order");
    }
    if (least == 0 && most == 6) {
      return activate(x, Activation.of(PointwiseKind.RELU6));
    }
    double middle = least / 2 + most / 2;
    double half = most / 2 - least / 2;
    if (!isPowerOfTwo(half) || !isSum(middle, half, most) || !isSum(middle, -half, least)) {
      return below(above(x, least), most);
    }
    Value.Signal inside = arithmetic.scaled(shifted(x, -middle), 1 / half);
    Value.Signal clipped = activate(inside, Activation.of(PointwiseKind.HARD_TANH));
    return shifted(arithmetic.scaled(clipped, half), middle);
  }

  private static boolean isPowerOfTwo(double value) {
    boolean normal = value >= Double.MIN_NORMAL && 1 / value >= Double.MIN_NORMAL;
    return normal && Math.scalb(1.0, Math.getExponent(value)) == value;
  }

  private static boolean isSum(double a, double b, double sum) {
    return new BigDecimal(a).add(new BigDecimal(b)).compareTo(new BigDecimal(sum)) == 0;
  }

  private Value.Signal activate(Value.Signal x, Activation activation) throws OnnxException {
    return new Value.Signal(layers.activate(x.layer(), activation), x.shape());
  }

  private Value.Signal shifted(Value.Signal x, double shift) throws OnnxException {
    return arithmetic.add(x, scalar(shift));
  }

  private static Value.Constant scalar(double value) {
    return new Value.Constant(
        new OnnxConstant(OnnxConstant.Kind.DOUBLE, List.of(), new double[] {value}));
  }

  private Value.Signal above(Value.Signal x, double least) throws OnnxException {
    return larger(x, scalar(least));
  }

  private Value.Signal below(Value.Signal x, double most) throws OnnxException {
    return smaller(x, scalar(most));
  }

  Value.Signal max() throws OnnxException {
    return all(Limits::larger);
  }

  Value.Signal min() throws OnnxException {
    return all(Limits::smaller);
  }

  /** {@code relu(x - c) + c}. */
  private Value.Signal larger(Value.Signal x, Value c) throws OnnxException {
    Value.Signal excess = activate(arithmetic.add(x, arithmetic.times(c, -1)), RELU);
    return arithmetic.add(excess, c);
  }

  /** {@code c - relu(c - x)}. */
  private Value.Signal smaller(Value.Signal x, Value c) throws OnnxException {
    Value.Signal excess = activate(arithmetic.add(c, arithmetic.scaled(x, -1)), RELU);
    return arithmetic.add(arithmetic.scaled(excess, -1), c);
  }

  private interface Choice {
    Value.Signal apply(Limits limits, Value.Signal x, Value c) throws OnnxException;
  }

  /** The least or greatest of all operands: the signals one after the other, then the constants. */
  private Value.Signal all(Choice choice) throws OnnxException {
    arguments.expect(1, Integer.MAX_VALUE);
    List<Value> operands = arguments.inputs().stream().flatMap(Optional::stream).toList();
    if (operands.size() < arguments.inputs().size()) {
      throw arguments.invalid("leaves out an operand");
    }
    List<Value> signals = operands.stream().filter(Value.Signal.class::isInstance).toList();
    if (signals.isEmpty()) {
      return arguments.signal(0); // Says that all are constants.
    }
    Value.Signal result = (Value.Signal) signals.getFirst();
    for (Value signal : signals.subList(1, signals.size())) {
      result = choice.apply(this, result, signal);
    }
    for (Value operand : operands) {
      if (operand instanceof Value.Constant) {
        result = choice.apply(this, result, operand);
      }
    }
    return result;
  }
}
