package io.lipc.onnx;

import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The operators that lipc reads, by their types. */
final class Operators {

  static final Activation SILU = Activation.of(PointwiseKind.SILU);

  /** What {@link #apply} takes beside activations, for the message about what it does not. */
  private static final List<String> KNOWN =
      List.of(
          "Add",
          "AveragePool",
          "BatchNormalization",
          "Cast",
          "Concat",
          "Constant",
          "Conv",
          "Div",
          "Dropout",
          "Flatten",
          "Gemm",
          "GlobalAveragePool",
          "Identity",
          "MatMul",
          "MaxPool",
          "Mul",
          "Neg",
          "Pad (before Conv)",
          "Reshape",
          "Squeeze",
          "Sub",
          "Sum",
          "Transpose (of constants, or of extents of 1)",
          "Unsqueeze");

  /** The operators that may read what Pad gives; of the others none does. */
  private static final Set<String> PASSING_PADDING = Set.of("Conv", "Dropout", "Identity");

  private final Arguments arguments;
  private final Layers layers;

  private Operators(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /** How many outputs a node may have; of Dropout the second one, the mask, is not read. */
  static int outputs(OnnxNode node) {
    return node.operator().equals("Dropout") ? 2 : 1;
  }

  /** The first output of a node; no other one is read. */
  static Value apply(Arguments arguments, Layers layers) throws OnnxException {
    return new Operators(arguments, layers).apply();
  }

  private Value apply() throws OnnxException {
    if (!PASSING_PADDING.contains(arguments.node().operator())) {
      arguments.refusePadding();
    }
    return switch (arguments.node().operator()) {
      case "Gemm" -> new LinearOperators(arguments, layers).gemm();
      case "MatMul" -> new LinearOperators(arguments, layers).matMul();
      case "Add" -> new Arithmetic(arguments, layers).add();
      case "Sub" -> new Arithmetic(arguments, layers).subtract();
      case "Mul" -> new Arithmetic(arguments, layers).multiply();
      case "Div" -> new Arithmetic(arguments, layers).divide();
      case "Neg" -> new Arithmetic(arguments, layers).negate();
      case "Sum" -> new Arithmetic(arguments, layers).sum();
      case "Conv" -> new ImageOperators(arguments, layers).conv();
      case "AveragePool" -> new ImageOperators(arguments, layers).averagePool();
      case "MaxPool" -> new ImageOperators(arguments, layers).maxPool();
      case "GlobalAveragePool" -> new ImageOperators(arguments, layers).globalAveragePool();
      case "BatchNormalization" -> new BatchNormalization(arguments, layers).apply();
      case "Pad" -> new Padding(arguments).apply();
      case "Concat" -> new Concatenation(arguments, layers).apply();
      case "Identity" -> identity();
      case "Dropout" -> dropout();
      case "Cast" -> cast();
      case "Flatten" -> flatten();
      case "Reshape" -> reshape();
      case "Squeeze" -> squeeze();
      case "Unsqueeze" -> unsqueeze();
      case "Transpose" -> transpose();
      case "Constant" -> constant();
      default -> activation();
    };
  }

  private Value activation() throws OnnxException {
    if (arguments.node().operator().equals("ConvTranspose")) {
      throw arguments.fault(
          "spreads each pixel over a window, for which lipc has no layer; Conv is read, which"
              + " gathers pixels from one");
    }
    if (ActivationOperators.KNOWN.contains(arguments.node().operator())) {
      return new ActivationOperators(arguments, layers).apply();
    }
    String known =
        Stream.of(KNOWN, ActivationOperators.KNOWN)
            .flatMap(List::stream)
            .sorted()
            .collect(Collectors.joining(", "));
    throw arguments.fault("is not among the operators that lipc reads: " + known);
  }

  private Value identity() throws OnnxException {
    arguments.expect(1, 1);
    return arguments.value(0);
  }

  /** Once a network is trained, dropout changes nothing. */
  private Value dropout() throws OnnxException {
    arguments.expect(1, 3, "ratio", "seed");
    Optional<Value> training = arguments.optional(2);
    if (training.isPresent()
        && !(training.get() instanceof Value.Constant mode
            && Arrays.stream(mode.constant().values()).allMatch(value -> value == 0))) {
      throw arguments.fault("drops elements at random; export the model for inference");
    }
    return arguments.value(0);
  }

  /** Signals are real numbers here, whatever rounds them; constants are rounded as it says. */
  private Value cast() throws OnnxException {
    arguments.expect(1, 1, "to", "saturate");
    long to = arguments.integer("to", 0);
    boolean real = to == 1 || to == 11;
    return switch (arguments.value(0)) {
      case Value.Signal signal when real -> signal;
      case Value.Constant constant when real -> rounded(constant.constant(), to == 1);
      case Value.Constant constant
          when (to == 6 || to == 7) && !constant.constant().kind().isReal() ->
          new Value.Constant(
              new OnnxConstant(
                  OnnxConstant.Kind.INTEGER, constant.shape(), constant.constant().values()));
      case Value.Signal _, Value.Constant _, Value.Padded _ ->
          throw arguments.fault(
              "makes " + OnnxTensorReader.typeName(to) + " of its input, which lipc does not read");
    };
  }

  private Value rounded(OnnxConstant constant, boolean single) throws OnnxException {
    arguments.budget().numbers(constant.size());
    double[] values =
        Arrays.stream(constant.values()).map(value -> single ? (float) value : value).toArray();
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw arguments.fault("overflows float");
    }
    OnnxConstant.Kind kind = single ? OnnxConstant.Kind.SINGLE : OnnxConstant.Kind.DOUBLE;
    return new Value.Constant(new OnnxConstant(kind, constant.shape(), values));
  }

  private Value reshaped(List<Integer> shape) throws OnnxException {
    return switch (arguments.value(0)) {
      case Value.Signal signal -> new Value.Signal(signal.layer(), shape);
      case Value.Constant constant -> new Value.Constant(constant.constant().reshaped(shape));
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }

  private Value flatten() throws OnnxException {
    arguments.expect(1, 1, "axis");
    List<Integer> shape = arguments.value(0).shape();
    long axis = arguments.integer("axis", 1);
    int split = axis(axis, shape.size(), shape.size());
    return reshaped(
        List.of(
            Shapes.size(shape.subList(0, split)), Shapes.size(shape.subList(split, shape.size()))));
  }

  /** An axis from 0; negative ones count from the end. */
  private int axis(long axis, int rank, int most) throws OnnxException {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted > most) {
      throw arguments.fault("has axis " + axis + " of a tensor with " + rank + " extents");
    }
    return (int) counted;
  }

  private Value reshape() throws OnnxException {
    arguments.expect(2, 2, "allowzero");
    List<Long> wanted = arguments.constantIntegers(1, "a shape");
    List<Integer> from = arguments.value(0).shape();
    boolean allowZero = arguments.integer("allowzero", 0) != 0;
    return reshaped(
        Shapes.reshape(from, wanted, allowZero)
            .orElseThrow(
                () ->
                    arguments.fault(
                        String.format(
                            "makes the shape %s of %s, which has other elements",
                            Shapes.words(wanted), Shapes.words(from)))));
  }

  private Value squeeze() throws OnnxException {
    arguments.expect(1, 2, "axes");
    List<Integer> from = arguments.value(0).shape();
    Optional<List<Long>> axes = arguments.axes();
    Set<Integer> dropped = axes.isPresent() ? places(axes.get(), from.size()) : new HashSet<>();
    List<Integer> shape = new ArrayList<>();
    for (int d = 0; d < from.size(); d++) {
      boolean drop = axes.isPresent() ? dropped.contains(d) : from.get(d) == 1;
      if (!drop) {
        shape.add(from.get(d));
      } else if (from.get(d) != 1) {
        throw arguments.fault("removes extent " + d + " of " + Shapes.words(from));
      }
    }
    return reshaped(shape);
  }

  private Value unsqueeze() throws OnnxException {
    arguments.expect(1, 2, "axes");
    List<Integer> from = arguments.value(0).shape();
    List<Long> axes = arguments.axes().orElseThrow(() -> arguments.fault("has no axes"));
    int rank = from.size() + axes.size();
    if (rank > Shapes.MAX_RANK) {
      throw arguments.fault("makes a tensor of " + rank + " extents");
    }
    Set<Integer> added = places(axes, rank);
    List<Integer> shape = new ArrayList<>();
    int next = 0;
    for (int d = 0; d < rank; d++) {
      shape.add(added.contains(d) ? 1 : from.get(next++));
    }
    return reshaped(shape);
  }

  private Set<Integer> places(List<Long> axes, int rank) throws OnnxException {
    Set<Integer> places = new HashSet<>();
    for (long axis : axes) {
      if (!places.add(axis(axis, rank, rank - 1))) {
        throw arguments.fault("has axis " + axis + " twice");
      }
    }
    return places;
  }

  /** Of a matrix of weights, as some exporters leave it, or of extents of 1 in a signal. */
  private Value transpose() throws OnnxException {
    arguments.expect(1, 1, "perm");
    double[] order = arguments.integers("perm");
    return switch (arguments.value(0)) {
      case Value.Constant constant -> transposed(constant.constant(), order);
      case Value.Signal signal -> transposed(signal, order);
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }

  private Value transposed(OnnxConstant constant, double[] order) throws OnnxException {
    boolean exchanges = order.length == 0 || Arrays.equals(order, new double[] {1, 0});
    if (constant.shape().size() != 2 || !exchanges) {
      throw arguments.fault("is not the transposition of a matrix");
    }
    arguments.budget().numbers(constant.size());
    return new Value.Constant(constant.transposed());
  }

  /** One in which all other extents stay in order is a change of shape. */
  private Value transposed(Value.Signal signal, double[] order) throws OnnxException {
    List<Integer> from = signal.shape();
    List<Integer> places = new ArrayList<>();
    for (int d = 0; d < from.size(); d++) {
      places.add(order.length == 0 ? from.size() - 1 - d : d < order.length ? (int) order[d] : -1);
    }
    boolean permutes = places.stream().sorted().toList().equals(numbers(from.size()));
    if (!permutes || order.length > from.size()) {
      throw arguments.fault("has an order of extents that is none of " + Shapes.words(from));
    }
    List<Integer> shape = places.stream().map(from::get).toList();
    List<Integer> moved = places.stream().filter(d -> from.get(d) != 1).toList();
    if (!moved.equals(moved.stream().sorted().toList())) {
      throw arguments.fault(
          "rearranges a signal of shape %s to %s, and lipc keeps the order of elements: images are"
                  .formatted(Shapes.words(from), Shapes.words(shape))
              + " [1, channels, height, width] up to the layer that flattens them; export the model"
              + " with its channels first");
    }
    return new Value.Signal(signal.layer(), shape);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private Value constant() throws OnnxException {
    arguments.expect(0, 0, "value", "value_float", "value_floats", "value_int", "value_ints");
    if (arguments.node().attributes().size() != 1) {
      throw arguments.fault("has " + arguments.node().attributes().size() + " values");
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
      throw arguments.fault("holds a number that is not finite");
    }
    return new OnnxConstant(kind, List.of(values.length), values);
  }
}
