package io.lipc.onnx.operator;

import io.lipc.model.activation.Activation;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.Arrays;
import java.util.List;

/** Operators that apply a function to each element of a signal. */
public final class ActivationOperators {

  /** The operators that {@link #apply} takes, for the message about others. */
  public static final List<String> KNOWN =
      List.of(
          "Abs",
          "Celu",
          "Elu",
          "Gelu",
          "HardSigmoid",
          "HardSwish",
          "LeakyRelu",
          "Mish",
          "PRelu",
          "Relu",
          "Selu",
          "Sigmoid",
          "Sin",
          "Softmax",
          "Softplus",
          "Softsign",
          "Tanh",
          "TopK");

  private final Arguments arguments;
  private final Layers layers;

  ActivationOperators(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /** One of {@link #KNOWN}. */
  Value apply() throws OnnxException {
    return switch (arguments.node().operator()) {
      case "Abs" -> plain(PointwiseKind.ABS);
      case "HardSwish" -> plain(PointwiseKind.HARD_SWISH);
      case "Mish" -> plain(PointwiseKind.MISH);
      case "Relu" -> plain(PointwiseKind.RELU);
      case "Sigmoid" -> plain(PointwiseKind.SIGMOID);
      case "Sin" -> plain(PointwiseKind.SIN);
      case "Softplus" -> plain(PointwiseKind.SOFTPLUS);
      case "Softsign" -> plain(PointwiseKind.SOFTSIGN);
      case "Tanh" -> plain(PointwiseKind.TANH);
      case "Celu" -> withConstant(PointwiseKind.CELU, 1);
      case "Elu" -> withConstant(PointwiseKind.ELU, 1);
      case "LeakyRelu" -> withConstant(PointwiseKind.LEAKY_RELU, 0.01f);
      case "Gelu" -> gelu();
      case "Selu" -> selu();
      case "Softmax" -> softmax();
      case "HardSigmoid" -> hardSigmoid();
      case "PRelu" -> leaky();
      case "TopK" -> sorted();
      default -> throw new IllegalStateException(arguments.node().operator());
    };
  }

  private Value plain(PointwiseKind kind) throws OnnxException {
    arguments.expect(1, 1);
    Value.Signal x = arguments.signal(0);
    return signal(x, activate(x, Activation.of(kind)));
  }

  private static Value signal(Value.Signal x, int layer) {
    return new Value.Signal(layer, x.shape());
  }

  private int activate(Value.Signal x, Activation activation) throws OnnxException {
    return layers.activate(x.layer(), activation);
  }

  private Value withConstant(PointwiseKind kind, float otherwise) throws OnnxException {
    arguments.expect(1, 1, "alpha");
    Value.Signal x = arguments.signal(0);
    return signal(x, activate(x, withAlpha(kind, otherwise)));
  }

  private Activation withAlpha(PointwiseKind kind, float otherwise) throws OnnxException {
    double alpha = arguments.real("alpha", otherwise);
    if (!kind.parameters().getFirst().domain().contains(alpha)) {
      throw arguments.unread(
          "has alpha = " + alpha + ", for which no slope bounds of " + kind.word() + " are proved",
          Outlook.NOT_PLANNED,
          "train and export the model with another alpha");
    }
    return kind.with(List.of(alpha));
  }

  private Value gelu() throws OnnxException {
    arguments.expect(1, 1, "approximate");
    Value.Signal x = arguments.signal(0);
    String approximate = arguments.text("approximate", "none");
    return switch (approximate) {
      case "none" -> signal(x, activate(x, Activation.of(PointwiseKind.GELU)));
      case "tanh" -> signal(x, activate(x, Activation.of(PointwiseKind.GELU_TANH)));
      default -> throw arguments.invalid("has another approximation than none and tanh");
    };
  }

  /**
   * {@code gamma elu(x)}: ONNX states the constants as floats, which are not those of {@code selu}.
   */
  private Value selu() throws OnnxException {
    arguments.expect(1, 1, "alpha", "gamma");
    Value.Signal x = arguments.signal(0);
    double gamma = arguments.real("gamma", 1.050701f);
    int elu = activate(x, withAlpha(PointwiseKind.ELU, 1.6732632f));
    return signal(x, layers.scale(elu, gamma));
  }

  /**
   * Over the whole vector, where all versions of the operator agree: older ones read everything
   * from {@code axis} on as one vector, and have another axis where none is given.
   */
  private Value softmax() throws OnnxException {
    arguments.expect(1, 1, "axis");
    Value.Signal x = arguments.signal(0);
    int rank = x.shape().size();
    if (!arguments.has("axis") && rank < 2) {
      throw arguments.unread(
          "names no axis, and its versions differ in which one they mean",
          Outlook.NOT_PLANNED,
          "export the model with its axis named, such as -1");
    }
    long axis = arguments.integer("axis", -1);
    long place = axis < 0 ? axis + rank : axis;
    if (place < 0 || place >= rank) {
      throw arguments.invalid("has axis " + axis + " of a tensor with " + rank + " extents");
    }
    if (x.size() < 2 || x.shape().get((int) place) != x.size()) {
      throw arguments.unread(
          "goes along axis %d of %s, and lipc reads Softmax of a whole vector of two or more"
              .formatted(axis, Shapes.words(x.shape())),
          Outlook.NOT_PLANNED,
          "export the model up to its logits, and certify these");
    }
    if (layers.note(x.layer()).orElse(null) instanceof Note.Quotient(int of, double divisor)
        && divisor > 0) {
      return signal(x, layers.activate(of, GroupedKind.SOFTMAX.with(List.of(divisor))));
    }
    return signal(x, activate(x, GroupedKind.SOFTMAX.with(List.of(1.0))));
  }

  /**
   * {@code max(0, min(1, alpha x + beta)) = (hard_tanh(2 alpha x + 2 beta - 1) + 1) / 2}, whatever
   * the constants are; {@code hard_sigmoid} has an alpha of 1/6, which is not a float.
   */
  private Value hardSigmoid() throws OnnxException {
    arguments.expect(1, 1, "alpha", "beta");
    Value.Signal x = arguments.signal(0);
    double alpha = arguments.real("alpha", 0.2f);
    double beta = arguments.real("beta", 0.5f);
    int scaled = affine(x.layer(), x.size(), 2 * alpha, 2 * beta - 1);
    int clipped = layers.activate(scaled, Activation.of(PointwiseKind.HARD_TANH));
    return signal(x, affine(clipped, x.size(), 0.5, 0.5));
  }

  private int affine(int operand, int size, double scale, double shift) throws OnnxException {
    arguments.budget().numbers(2L * size);
    double[] shifts = new double[size];
    Arrays.fill(shifts, shift);
    return layers.shift(layers.scale(operand, scale), shifts);
  }

  /**
   * Sorting along an axis, the largest first, which is {@code group_sort} of neighbouring channels:
   * what stands behind the axis are their pixels.
   */
  private Value sorted() throws OnnxException {
    if (arguments.opset() < 10) {
      throw arguments.unread(
          "has its number of elements as an attribute, as before version 10",
          Outlook.NOT_PLANNED,
          "export the model for a newer version of ONNX's operators");
    }
    arguments.expect(2, 2, "axis", "largest", "sorted");
    Value.Signal x = arguments.signal(0);
    List<Integer> shape = x.shape();
    int axis = arguments.axis("axis", -1, shape.size());
    int size = shape.get(axis);
    List<Long> count = arguments.constantIntegers(1, "a number of elements");
    boolean whole = count.equals(List.of((long) size)) && size > 1;
    if (!whole || arguments.integer("largest", 1) != 1 || arguments.integer("sorted", 1) != 1) {
      throw arguments.unread(
          "takes some elements of each group, or not from the largest on",
          Outlook.PLANNED,
          "let it sort all of them, the largest first, which is read, and take a Slice");
    }
    Activation.Grouped sort =
        size == 2
            ? GroupedKind.MAXMIN.with(List.of())
            : GroupedKind.GROUP_SORT.with(List.of((double) size));
    int channels = Shapes.size(shape.subList(0, axis)) * size;
    return signal(x, layers.activate(x.layer(), sort, channels));
  }

  /** A leaky ReLU with one slope for all elements. */
  private Value leaky() throws OnnxException {
    arguments.expect(2, 2);
    Value.Signal x = arguments.signal(0);
    OnnxConstant slopes = arguments.real(1, "a slope");
    boolean byChannel = arguments.opset() < 7 && slopes.shape().size() == 1 && x.shape().size() > 1;
    boolean fits =
        byChannel
            ? slopes.size() == 1 || slopes.size() == x.shape().get(1)
            : Shapes.broadcast(x.shape(), slopes.shape()).filter(x.shape()::equals).isPresent();
    if (!fits) {
      throw arguments.invalid(
          "has slopes of shape %s for %s"
              .formatted(Shapes.words(slopes.shape()), Shapes.words(x.shape())));
    }
    double slope = slopes.get(0);
    if (!Arrays.stream(slopes.values()).allMatch(value -> value == slope)) {
      throw arguments.unread(
          "has slopes that differ",
          Outlook.PLANNED,
          "train and export the model with one slope for all elements");
    }
    return signal(x, activate(x, PointwiseKind.LEAKY_RELU.with(List.of(slope))));
  }
}
