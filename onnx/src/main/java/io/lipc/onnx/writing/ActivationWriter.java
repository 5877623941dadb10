package io.lipc.onnx.writing;

import io.lipc.model.Layer;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.writing.GraphWriter.Attribute;
import io.lipc.onnx.writing.GraphWriter.Output;
import java.util.Arrays;
import java.util.List;

/**
 * Writes activations: as one operator where ONNX has it, else composed from several. {@code selu}
 * and {@code hard_sigmoid} have constants that are no floats; their operators round them, by less
 * than arithmetic in floats does.
 */
final class ActivationWriter {

  private final GraphWriter graph;

  ActivationWriter(GraphWriter graph) {
    this.graph = graph;
  }

  Output write(Layer.Activate layer, Output x) throws OnnxException {
    return switch (layer.activation()) {
      case Activation.Pointwise(PointwiseKind kind, List<Double> parameters) ->
          pointwise(kind, parameters, x);
      case Activation.Linear(LinearKind kind) ->
          switch (kind) {
            case IDENTITY -> x;
            case CENTER -> center(x);
          };
      case Activation.Grouped grouped -> grouped(layer, grouped, x);
    };
  }

  private Output plain(String operator, Output x, Attribute... attributes) {
    return graph.node(operator, List.of(x.name()), x.extents(), attributes);
  }

  private Output pointwise(PointwiseKind kind, List<Double> parameters, Output x)
      throws OnnxException {
    return switch (kind) {
      case RELU -> plain("Relu", x);
      case LEAKY_RELU -> leaky(parameters.getFirst(), x);
      case TANH -> plain("Tanh", x);
      case SIGMOID -> plain("Sigmoid", x);
      case SILU -> product(x, plain("Sigmoid", x));
      case RELU6 -> clip(x, 0, 6);
      case HARD_TANH -> clip(x, -1, 1);
      case ELU -> plain("Elu", x, alpha(kind, parameters));
      case CELU -> plain("Celu", x, alpha(kind, parameters));
      case SELU -> plain("Selu", x);
      case SOFTPLUS -> plain("Softplus", x);
      case SOFTSIGN -> plain("Softsign", x);
      case HARD_SIGMOID ->
          plain(
              "HardSigmoid",
              x,
              new Attribute.Real("alpha", 1f / 6),
              new Attribute.Real("beta", 0.5f));
      case HARD_SWISH -> plain("HardSwish", x);
      case GELU -> since(20, "Gelu", x, new Attribute.Text("approximate", "none"));
      case GELU_TANH -> since(20, "Gelu", x, new Attribute.Text("approximate", "tanh"));
      case MISH -> since(18, "Mish", x);
      case SIN -> plain("Sin", x);
      case ABS -> plain("Abs", x);
    };
  }

  private Output since(int version, String operator, Output x, Attribute... attributes) {
    graph.since(version);
    return plain(operator, x, attributes);
  }

  private Output product(Output x, Output y) {
    return graph.node("Mul", List.of(x.name(), y.name()), x.extents());
  }

  private Output clip(Output x, double least, double most) {
    String lower = graph.numbers("least", List.of(), least);
    String upper = graph.numbers("most", List.of(), most);
    return graph.node("Clip", List.of(x.name(), lower, upper), x.extents());
  }

  /** A slope that is no float is a tensor, which PRelu reads. */
  private Output leaky(double slope, Output x) {
    return (float) slope == slope
        ? plain("LeakyRelu", x, new Attribute.Real("alpha", (float) slope))
        : graph.node(
            "PRelu", List.of(x.name(), graph.numbers("slope", List.of(1), slope)), x.extents());
  }

  private static Attribute alpha(PointwiseKind kind, List<Double> parameters) throws OnnxException {
    double alpha = parameters.getFirst();
    if ((float) alpha != alpha) {
      throw new OnnxException(
          kind.word()
              + "("
              + alpha
              + ") has a constant that is not a float, and the operator of ONNX takes floats;"
              + " write the float next to it, "
              + (float) alpha);
    }
    return new Attribute.Real("alpha", (float) alpha);
  }

  /** {@code z - (z_0 + z_1 + ...) / n}. */
  Output center(Output x) {
    graph.since(18); // Before it, ReduceMean has its axes as an attribute.
    Output z = graph.vector(x);
    Output mean =
        graph.node(
            "ReduceMean",
            List.of(z.name(), graph.wholes("axes", 1)),
            List.of(1),
            new Attribute.Whole("keepdims", 1));
    Output centred = graph.node("Sub", List.of(z.name(), mean.name()), z.extents());
    return graph.shaped(centred, x.extents());
  }

  private Output grouped(Layer.Activate layer, Activation.Grouped activation, Output given)
      throws OnnxException {
    Output x = graph.shaped(given, layer.shape().extents());
    return switch (activation.kind()) {
      case SOFTMAX -> graph.shaped(softmax(activation, graph.vector(x)), x.extents());
      case MAXMIN, GROUP_SORT -> {
        int group = activation.group(x.size());
        Output groups = groups(layer, x, group);
        String all = graph.wholes("k", group);
        Output sorted =
            graph.first(
                "TopK",
                2,
                List.of(groups.name(), all),
                groups.extents(),
                new Attribute.Whole("axis", 2));
        yield graph.shaped(sorted, x.extents());
      }
      case HOUSEHOLDER -> graph.shaped(householder(layer, activation, x), x.extents());
      case L2_NORMALIZE -> graph.shaped(unitLength(activation, graph.vector(x)), x.extents());
      case LAYER_NORM -> graph.shaped(layerNorm(layer, activation, x), x.extents());
    };
  }

  /** Along the last axis: where groups are channels of an image, between two transpositions. */
  private Output layerNorm(Layer.Activate layer, Activation.Grouped activation, Output x)
      throws OnnxException {
    double epsilon = activation.parameters().getFirst();
    if ((float) epsilon != epsilon) {
      throw new OnnxException(
          "layer_norm has the epsilon %s, which is not a float, and the operator of ONNX takes"
                  .formatted(epsilon)
              + " floats; write the float next to it, "
              + (float) epsilon);
    }
    int group = activation.group(x.size());
    boolean channels = layer.pixels() > 1;
    Output rows =
        channels
            ? turned(groups(layer, x, group))
            : graph.shaped(x, List.of(x.size() / group, group));
    double[] ones = new double[group];
    Arrays.fill(ones, 1);
    Output normal =
        graph.node(
            "LayerNormalization",
            List.of(rows.name(), graph.numbers("scale", List.of(group), ones)),
            rows.extents(),
            new Attribute.Whole("axis", -1),
            new Attribute.Real("epsilon", (float) epsilon));
    return channels ? turned(normal) : normal;
  }

  private Output turned(Output x) {
    List<Integer> extents = List.of(x.extents().get(0), x.extents().get(2), x.extents().get(1));
    return graph.node(
        "Transpose", List.of(x.name()), extents, new Attribute.Wholes("perm", List.of(0, 1, 3, 2)));
  }

  private Output softmax(Activation.Grouped activation, Output x) {
    double temperature = activation.parameters().getFirst();
    Output scaled =
        temperature == 1
            ? x
            : graph.node(
                "Div",
                List.of(x.name(), graph.numbers("temperature", List.of(), temperature)),
                x.extents());
    return plain("Softmax", scaled, new Attribute.Whole("axis", 1));
  }

  /** {@code z / max(|z|, c)}. */
  private Output unitLength(Activation.Grouped activation, Output z) {
    graph.since(18); // Before it, ReduceL2 has its axes as an attribute.
    List<Integer> one = List.of(1);
    Output length =
        graph.node(
            "ReduceL2",
            List.of(z.name(), graph.wholes("axes", 1)),
            one,
            new Attribute.Whole("keepdims", 1));
    String least = graph.numbers("at_least", one, activation.parameters().getFirst());
    Output divisor = graph.node("Max", List.of(length.name(), least), one);
    return graph.node("Div", List.of(z.name(), divisor.name()), z.extents());
  }

  /**
   * Groups of neighbours, or of an image of neighbouring channels: {@code [groups, group, pixels]}.
   */
  private Output groups(Layer.Activate layer, Output x, int group) {
    int pixels = layer.pixels();
    return graph.shaped(x, List.of(x.size() / group / pixels, group, pixels));
  }

  /** {@code z + 2 v relu(-v'z)} for each pair z. */
  private Output householder(Layer.Activate layer, Activation.Grouped activation, Output x) {
    Output z = groups(layer, x, 2);
    double a = activation.parameters().getFirst();
    double b = activation.parameters().getLast();
    List<Integer> one = List.of(z.extents().get(0), 1, z.extents().get(2));
    String against = graph.numbers("against", List.of(2, 1), -a, -b);
    Output product = graph.node("Mul", List.of(z.name(), against), z.extents());
    Output sum =
        graph.node(
            "ReduceSum",
            List.of(product.name(), graph.wholes("axes", 2)),
            one,
            new Attribute.Whole("keepdims", 1));
    Output positive = graph.node("Relu", List.of(sum.name()), one);
    String twice = graph.numbers("twice", List.of(2, 1), 2 * a, 2 * b);
    Output back = graph.node("Mul", List.of(positive.name(), twice), z.extents());
    return graph.node("Add", List.of(z.name(), back.name()), z.extents());
  }
}
