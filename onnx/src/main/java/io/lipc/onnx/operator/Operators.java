package io.lipc.onnx.operator;

import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operators that lipc reads, by their types. */
public final class Operators {

  public static final Activation SILU = Activation.of(PointwiseKind.SILU);

  /** The operators that {@link #apply} takes beside activations, for the message about others. */
  private static final List<String> KNOWN =
      List.of(
          "Add",
          "AveragePool",
          "BatchNormalization",
          "Cast",
          "Clip",
          "Concat",
          "Constant",
          "ConstantOfShape",
          "Conv",
          "ConvTranspose",
          "DepthToSpace",
          "Div",
          "Dropout",
          "Equal (of constants)",
          "Expand",
          "Flatten",
          "Gather",
          "Gemm",
          "GlobalAveragePool",
          "Identity",
          "LayerNormalization",
          "MatMul",
          "Max",
          "MaxPool",
          "Min",
          "Mul",
          "Neg",
          "Pad",
          "ReduceMean",
          "ReduceSum",
          "Reshape",
          "Resize",
          "Shape",
          "Size",
          "Slice",
          "SpaceToDepth",
          "Split",
          "Squeeze",
          "Sub",
          "Sum",
          "Transpose",
          "Unsqueeze",
          "Upsample",
          "Where (of constants)");

  /** The operators that read what Pad gives as it is; for all others there is a layer with it. */
  private static final Set<String> PASSING_PADDING = Set.of("Conv", "Dropout", "Identity");

  private final Arguments arguments;
  private final Layers layers;

  private Operators(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /**
   * The number of outputs that a node may have; the second ones of Dropout, a mask, of TopK,
   * numbers of elements, and of LayerNormalization, statistics, are not read.
   */
  public static int outputs(OnnxNode node) {
    return switch (node.operator()) {
      case "Dropout", "TopK" -> 2;
      case "LayerNormalization" -> 3;
      case "Split" -> Integer.MAX_VALUE;
      default -> 1;
    };
  }

  /** The outputs of a node, as far as they are read: the first one, or all of Split. */
  public static List<Value> apply(Arguments arguments, Layers layers) throws OnnxException {
    if (PASSING_PADDING.contains(arguments.node().operator())) {
      return new Operators(arguments, layers).apply();
    }
    List<Optional<Value>> inputs = new ArrayList<>();
    for (Optional<Value> input : arguments.inputs()) {
      inputs.add(
          input.isPresent() && input.get() instanceof Value.Padded padded
              ? Optional.of(layers.padded(padded))
              : input);
    }
    return new Operators(arguments.with(inputs), layers).apply();
  }

  private List<Value> apply() throws OnnxException {
    boolean constant =
        !arguments.inputs().isEmpty()
            && arguments.inputs().stream()
                .allMatch(input -> input.orElse(null) instanceof Value.Constant);
    Optional<Value> folded = constant ? new Folding(arguments).apply() : Optional.empty();
    if (folded.isPresent()) {
      return List.of(folded.get());
    }
    return arguments.node().operator().equals("Split")
        ? new Rearrangement(arguments, layers).split()
        : List.of(value());
  }

  private Value value() throws OnnxException {
    return switch (arguments.node().operator()) {
      case "Gemm" -> new LinearOperators(arguments, layers).gemm();
      case "MatMul" -> new LinearOperators(arguments, layers).matMul();
      case "Add" -> new Arithmetic(arguments, layers).add();
      case "Sub" -> new Arithmetic(arguments, layers).subtract();
      case "Mul" -> new Arithmetic(arguments, layers).multiply();
      case "Div" -> new Arithmetic(arguments, layers).divide();
      case "Neg" -> new Arithmetic(arguments, layers).negate();
      case "Sum" -> new Arithmetic(arguments, layers).sum();
      case "Clip" -> new Limits(arguments, layers).clip();
      case "Max" -> new Limits(arguments, layers).max();
      case "Min" -> new Limits(arguments, layers).min();
      case "ReduceMean" -> new Reduction(arguments, layers).mean();
      case "ReduceSum" -> new Reduction(arguments, layers).sum();
      case "Conv" -> new ImageOperators(arguments, layers).conv();
      case "AveragePool" -> new ImageOperators(arguments, layers).averagePool();
      case "MaxPool" -> new ImageOperators(arguments, layers).maxPool();
      case "GlobalAveragePool" -> new ImageOperators(arguments, layers).globalAveragePool();
      case "BatchNormalization" -> new BatchNormalization(arguments, layers).apply();
      case "LayerNormalization" -> new LayerNormalization(arguments, layers).apply();
      case "ConvTranspose" -> new Spreading(arguments, layers).apply();
      case "Resize" -> new Resizing(arguments, layers).resize();
      case "Upsample" -> new Resizing(arguments, layers).upsample();
      case "DepthToSpace" -> new Resizing(arguments, layers).depthToSpace();
      case "SpaceToDepth" -> new Resizing(arguments, layers).spaceToDepth();
      case "Pad" -> new Padding(arguments, layers).apply();
      case "Concat" -> new Concatenation(arguments, layers).apply();
      case "Dropout" -> dropout();
      case "Identity" -> identity();
      default -> ofShape();
    };
  }

  /** Operators that compute with shapes, or change them, or the order of elements. */
  private Value ofShape() throws OnnxException {
    return switch (arguments.node().operator()) {
      case "Cast" -> new Folding(arguments).cast();
      case "Constant" -> new Folding(arguments).constant();
      case "ConstantOfShape" -> new Folding(arguments).constantOfShape();
      case "Shape" -> new Folding(arguments).shape();
      case "Size" -> new Folding(arguments).size();
      case "Flatten" -> new Reshaping(arguments).flatten();
      case "Reshape" -> new Reshaping(arguments).reshape();
      case "Squeeze" -> new Reshaping(arguments).squeeze();
      case "Unsqueeze" -> new Reshaping(arguments).unsqueeze();
      case "Expand" -> new Rearrangement(arguments, layers).expand();
      case "Gather" -> new Rearrangement(arguments, layers).gather();
      case "Slice" -> new Rearrangement(arguments, layers).slice();
      case "Transpose" -> new Rearrangement(arguments, layers).transpose();
      default -> activation();
    };
  }

  private Value activation() throws OnnxException {
    if (ActivationOperators.KNOWN.contains(arguments.node().operator())) {
      return new ActivationOperators(arguments, layers).apply();
    }
    throw refusal(arguments.node()).orElseGet(() -> unheard(arguments.node()));
  }

  /** Why a node is not read, whatever it reads: its operator alone tells. */
  public static Optional<OnnxException> refusal(OnnxNode node) {
    String operator = node.operator();
    boolean known = known().anyMatch(word -> word.split(" ", 2)[0].equals(operator));
    return UnreadOperator.of(operator)
        .map(kind -> kind.refusal(node))
        .or(() -> known ? Optional.empty() : Optional.of(unheard(node)));
  }

  private static OnnxException unheard(OnnxNode node) {
    return node.unread(
        "is none of the operators that lipc knows",
        Outlook.NOT_PLANNED,
        "write it with these: " + known().sorted().collect(Collectors.joining(", ")));
  }

  /** The operators, sorted; those that are read of constants alone are left out. */
  public static List<String> ofLayers() {
    return known().filter(word -> !word.contains(" ")).sorted().toList();
  }

  private static Stream<String> known() {
    return Stream.of(KNOWN, ActivationOperators.KNOWN).flatMap(List::stream);
  }

  private Value identity() throws OnnxException {
    arguments.expect(1, 1);
    return arguments.value(0);
  }

  /** A Dropout as its operand: once a network is trained, dropout changes nothing. */
  private Value dropout() throws OnnxException {
    boolean old = arguments.opset() < 7;
    arguments.expect(
        1, 3, old ? new String[] {"is_test", "ratio"} : new String[] {"ratio", "seed"});
    Optional<Value> training = arguments.optional(2);
    boolean trains =
        training.isPresent()
            && !(training.get() instanceof Value.Constant mode
                && Arrays.stream(mode.constant().values()).allMatch(value -> value == 0));
    if (trains || (old && arguments.integer("is_test", 0) == 0)) {
      throw arguments.unread(
          "drops elements at random",
          Outlook.NOT_PLANNED,
          "export the model for inference, after model.eval()");
    }
    return arguments.value(0);
  }
}
