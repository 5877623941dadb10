package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.OnnxTensorReader;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * Computes values that do not depend on the network's input: constants, shapes, and results of
 * both, as exporters write the target of a Reshape.
 */
final class Folding {

  /** Results of integers stay below it; what leaves it wraps around in one type and not another. */
  private static final double MOST = Integer.MAX_VALUE;

  /** Doubles hold all integers below it; larger ones are rounded when they are read. */
  private static final double EXACT = 0x1p53;

  private final Arguments arguments;

  Folding(Arguments arguments) {
    this.arguments = arguments;
  }

  /** The value of an operator whose operands are all constants; empty if it is not computed. */
  Optional<Value> apply() throws OnnxException {
    return switch (arguments.node().operator()) {
      case "Add" -> Optional.of(arithmetic((a, b) -> a + b));
      case "Sub" -> Optional.of(arithmetic((a, b) -> a - b));
      case "Mul" -> Optional.of(arithmetic((a, b) -> a * b));
      case "Div" -> Optional.of(quotient());
      case "MatMul" -> Optional.of(ConstantProduct.of(arguments));
      case "Concat" -> Optional.of(concat());
      case "Equal" -> Optional.of(equal());
      case "Where" -> Optional.of(where());
      default -> Optional.empty();
    };
  }

  /** The extents of a value, of which newer versions take some. */
  Value shape() throws OnnxException {
    arguments.expect(1, 1, "end", "start");
    List<Integer> shape = arguments.value(0).shape();
    int rank = shape.size();
    int start = clamped(arguments.integer("start", 0), rank);
    int end = Math.max(start, clamped(arguments.integer("end", rank), rank));
    double[] extents = shape.subList(start, end).stream().mapToDouble(e -> e).toArray();
    return integers(List.of(extents.length), extents);
  }

  private static int clamped(long axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  Value size() throws OnnxException {
    arguments.expect(1, 1);
    return integers(List.of(), Shapes.size(arguments.value(0).shape()));
  }

  private static Value integers(List<Integer> shape, double... values) {
    return new Value.Constant(new OnnxConstant(OnnxConstant.Kind.INTEGER, shape, values));
  }

  /** A tensor of one number, which is 0 where none is given. */
  Value constantOfShape() throws OnnxException {
    arguments.expect(1, 1, "value");
    List<Long> extents = arguments.constantIntegers(0, "a shape");
    if (!Shapes.isValid(extents)) {
      throw arguments.unread(
          "makes a tensor of shape " + Shapes.words(extents),
          Outlook.NOT_PLANNED,
          "make it smaller, with up to " + Shapes.MAX_RANK + " extents");
    }
    OnnxConstant value =
        arguments.has("value") ? arguments.tensor("value") : scalar(OnnxConstant.Kind.SINGLE, 0);
    if (value.size() != 1) {
      throw arguments.invalid("has " + value.size() + " values");
    }
    List<Integer> shape = extents.stream().map(Long::intValue).toList();
    arguments.budget().numbers(Shapes.size(shape));
    double[] values = new double[Shapes.size(shape)];
    Arrays.fill(values, value.get(0));
    return new Value.Constant(new OnnxConstant(value.kind(), shape, values));
  }

  private OnnxConstant constant(int index) {
    return constant(arguments.value(index));
  }

  private static OnnxConstant constant(Value value) {
    return ((Value.Constant) value).constant();
  }

  /** Real numbers are rounded to doubles, once; integers are exact. */
  private Value arithmetic(DoubleBinaryOperator operation) throws OnnxException {
    Operands operands = Operands.of(arguments);
    OnnxConstant a = constant(operands.left());
    OnnxConstant b = constant(operands.right());
    OnnxConstant.Kind kind = a.kind();
    if (kind != b.kind() || kind == OnnxConstant.Kind.BOOLEAN) {
      throw arguments.invalid("computes with constants of two types, or of truth values");
    }
    checkExact(a);
    checkExact(b);
    OnnxConstant result = elementwise(kind, a, b, operation);
    for (int i = 0; i < result.size(); i++) {
      double value = result.get(i);
      boolean fits = kind.isReal() ? Double.isFinite(value) : Math.abs(value) <= MOST;
      if (!fits) {
        throw arguments.unread(
            "overflows a constant",
            Outlook.NOT_PLANNED,
            "train and export the model with smaller numbers");
      }
    }
    return new Value.Constant(result);
  }

  private void checkExact(OnnxConstant constant) throws OnnxException {
    boolean exact = Arrays.stream(constant.values()).allMatch(value -> Math.abs(value) < EXACT);
    if (!exact && !constant.kind().isReal()) {
      throw arguments.unread(
          "computes with an integer of more than 53 bits",
          Outlook.NOT_PLANNED,
          "export the model for inputs of fixed size");
    }
  }

  private OnnxConstant elementwise(
      OnnxConstant.Kind kind, OnnxConstant a, OnnxConstant b, DoubleBinaryOperator operation)
      throws OnnxException {
    List<Integer> shape = broadcast(a.shape(), b.shape());
    double[] left = spread(a, shape);
    double[] right = spread(b, shape);
    double[] values = new double[left.length];
    Arrays.setAll(values, i -> operation.applyAsDouble(left[i], right[i]));
    return new OnnxConstant(kind, shape, values);
  }

  private List<Integer> broadcast(List<Integer> a, List<Integer> b) throws OnnxException {
    return Shapes.broadcast(a, b)
        .orElseThrow(
            () ->
                arguments.invalid(
                    "has operands of shapes %s and %s, which do not fit"
                        .formatted(Shapes.words(a), Shapes.words(b))));
  }

  private double[] spread(OnnxConstant constant, List<Integer> shape) throws OnnxException {
    return constant.broadcastTo(shape, arguments.budget());
  }

  /** The quotient of two constants; that of integers is rounded towards zero. */
  private Value quotient() throws OnnxException {
    Operands operands = Operands.of(arguments);
    boolean real = constant(operands.left()).kind().isReal();
    if (Arrays.stream(constant(operands.right()).values()).anyMatch(value -> value == 0)) {
      throw arguments.unread(
          "divides by a constant that has a zero",
          Outlook.NOT_PLANNED,
          "train and export the model with another constant");
    }
    return arithmetic((a, b) -> real ? a / b : wholeQuotient((long) a, (long) b));
  }

  private static double wholeQuotient(long a, long b) {
    long quotient = a / b;
    return quotient;
  }

  /** Real numbers may be equal in floats and differ in doubles, and the other way round. */
  private Value equal() throws OnnxException {
    arguments.expect(2, 2);
    if (constant(0).kind().isReal() || constant(0).kind() != constant(1).kind()) {
      throw arguments.unread(
          "compares constants that are not integers",
          Outlook.NOT_PLANNED,
          "fold it when the model is exported");
    }
    checkExact(constant(0));
    checkExact(constant(1));
    OnnxConstant.Kind truth = OnnxConstant.Kind.BOOLEAN;
    return new Value.Constant(
        elementwise(truth, constant(0), constant(1), (a, b) -> a == b ? 1 : 0));
  }

  private Value where() throws OnnxException {
    arguments.expect(3, 3);
    OnnxConstant yes = constant(1);
    OnnxConstant no = constant(2);
    if (constant(0).kind() != OnnxConstant.Kind.BOOLEAN || yes.kind() != no.kind()) {
      throw arguments.invalid("chooses between constants of two types, or not by truth values");
    }
    List<Integer> shape = broadcast(broadcast(yes.shape(), no.shape()), constant(0).shape());
    double[] condition = spread(constant(0), shape);
    double[] first = spread(yes, shape);
    double[] second = spread(no, shape);
    double[] values = new double[condition.length];
    Arrays.setAll(values, i -> condition[i] != 0 ? first[i] : second[i]);
    return new Value.Constant(new OnnxConstant(yes.kind(), shape, values));
  }

  private Value concat() throws OnnxException {
    arguments.expect(1, Integer.MAX_VALUE, "axis");
    List<OnnxConstant> parts = new ArrayList<>();
    for (int i = 0; i < arguments.inputs().size(); i++) {
      parts.add(constant(i));
    }
    OnnxConstant first = parts.getFirst();
    Joint joint = Joint.of(arguments, parts.stream().map(OnnxConstant::shape).toList());
    if (parts.stream().anyMatch(part -> part.kind() != first.kind())) {
      throw arguments.invalid("joins constants of several types");
    }
    arguments.budget().numbers(Shapes.size(joint.shape()));
    double[] all = parts.stream().flatMapToDouble(part -> Arrays.stream(part.values())).toArray();
    OnnxConstant behind = new OnnxConstant(first.kind(), List.of(all.length), all);
    return new Value.Constant(behind.picked(joint.pick()));
  }

  /** Signals are real numbers here, whatever rounds them; constants are rounded as it says. */
  Value cast() throws OnnxException {
    arguments.expect(1, 1, "to", "saturate");
    long to = arguments.integer("to", 0);
    boolean real = OnnxTensorReader.isReal(to);
    return switch (arguments.value(0)) {
      case Value.Signal signal when real -> signal;
      case Value.Constant constant when to == 1 || to == 11 ->
          rounded(constant.constant(), to == 1);
      case Value.Constant constant
          when (to == 6 || to == 7) && !constant.constant().kind().isReal() ->
          integers(constant.constant(), to == 6);
      case Value.Signal _, Value.Constant _, Value.Padded _ ->
          throw arguments.unread(
              "makes " + OnnxTensorReader.typeName(to) + " of its input",
              Outlook.NOT_PLANNED,
              "export the model up to it, or with float, double, float16 or bfloat16");
    };
  }

  private Value integers(OnnxConstant constant, boolean narrow) throws OnnxException {
    double[] values = constant.values();
    if (narrow && !Arrays.stream(values).allMatch(value -> value == (int) value)) {
      throw arguments.unread(
          "overflows int32",
          Outlook.NOT_PLANNED,
          "train and export the model with smaller numbers");
    }
    return new Value.Constant(
        new OnnxConstant(OnnxConstant.Kind.INTEGER, constant.shape(), values));
  }

  private Value rounded(OnnxConstant constant, boolean single) throws OnnxException {
    arguments.budget().numbers(constant.size());
    double[] values =
        Arrays.stream(constant.values()).map(value -> single ? (float) value : value).toArray();
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw arguments.unread(
          "overflows float",
          Outlook.NOT_PLANNED,
          "train and export the model with smaller numbers");
    }
    OnnxConstant.Kind kind = single ? OnnxConstant.Kind.SINGLE : OnnxConstant.Kind.DOUBLE;
    return new Value.Constant(new OnnxConstant(kind, constant.shape(), values));
  }

  Value constant() throws OnnxException {
    arguments.expect(0, 0, "value", "value_float", "value_floats", "value_int", "value_ints");
    if (arguments.node().attributes().size() != 1) {
      throw arguments.invalid("has " + arguments.node().attributes().size() + " values");
    }
    String form = arguments.node().attributes().keySet().iterator().next();
    return new Value.Constant(
        switch (form) {
          case "value_float" -> scalar(OnnxConstant.Kind.SINGLE, arguments.real(form, 0));
          case "value_int" ->
              scalar(OnnxConstant.Kind.INTEGER, (double) arguments.integer(form, 0));
          case "value_floats" -> vector(OnnxConstant.Kind.SINGLE, arguments.reals(form));
          case "value_ints" -> vector(OnnxConstant.Kind.INTEGER, arguments.integers(form));
          default -> arguments.tensor(form);
        });
  }

  private static OnnxConstant scalar(OnnxConstant.Kind kind, double value) {
    return new OnnxConstant(kind, List.of(), new double[] {value});
  }

  private OnnxConstant vector(OnnxConstant.Kind kind, double[] values) throws OnnxException {
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw arguments.unread(
          "holds a number that is not finite",
          Outlook.NOT_PLANNED,
          "export the model with finite numbers");
    }
    return new OnnxConstant(kind, List.of(values.length), values);
  }
}
