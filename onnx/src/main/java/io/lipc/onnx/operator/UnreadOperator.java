package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why lipc does not read an operator, whether that is planned, and what to do meanwhile. Only the
 * name is known of an operator that is not listed.
 */
public enum UnreadOperator {
  UNBOUNDED(
      "has slopes without bound, so that no Lipschitz bound exists",
      Outlook.NOT_PLANNED,
      "export the model up to it, or with an activation in its place",
      "Acos Acosh Asin Atanh Cosh Exp Log Pow Reciprocal ReduceLogSum ReduceProd"
          + " ReduceSumSquare Sinh Sqrt Tan"),
  NORMALISATION(
      "divides by a deviation of its input plus an epsilon, and is as steep as 1/sqrt(epsilon),"
          + " 316.23 for 1e-5",
      Outlook.PLANNED,
      "train with LayerNormalization, or with BatchNormalization, which are read",
      "GroupNormalization InstanceNormalization MeanVarianceNormalization RMSNormalization"),
  UNIT_LENGTH(
      "divides by a length that may be 0, so that no Lipschitz bound exists",
      Outlook.NOT_PLANNED,
      "export x / Max(ReduceL2(x), c), as torch.nn.functional.normalize(x, eps=c) is, which is read",
      "LpNormalization"),
  RESPONSE(
      "divides by a power of a sum of squares of its input, of bounded slopes",
      Outlook.NOT_PLANNED,
      "train with BatchNormalization, which is read for inference",
      "LRN"),
  DISCONTINUOUS(
      "jumps, so that no Lipschitz bound exists",
      Outlook.NOT_PLANNED,
      "export the model up to its scores, and certify these",
      "And ArgMax ArgMin Ceil EyeLike Floor Greater GreaterOrEqual Hardmax IsInf IsNaN Less"
          + " LessOrEqual Mod NonMaxSuppression NonZero Not OneHot Or Round Shrink Sign"
          + " ThresholdedRelu Unique Xor"),
  RECURRENT(
      "runs over a sequence, and lipc reads feed-forward networks",
      Outlook.NOT_PLANNED,
      "export one step, with the state as a second input",
      "GRU LSTM RNN"),
  CONTROL(
      "runs other graphs",
      Outlook.NOT_PLANNED,
      "export the model by tracing, for one input of fixed size, which leaves the nodes that are"
          + " run",
      "If Loop Scan SequenceMap"),
  QUANTISED(
      "computes with quantised numbers, and lipc reads networks of real numbers",
      Outlook.NOT_PLANNED,
      "export the model before it is quantised",
      "ConvInteger DequantizeLinear DynamicQuantizeLinear MatMulInteger QLinearConv QLinearMatMul"
          + " QuantizeLinear"),
  RANDOM(
      "draws random numbers",
      Outlook.NOT_PLANNED,
      "export the model for inference, after model.eval()",
      "Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike"),
  SPREADING(
      "puts maxima back to where they came from, which depends on another node's input",
      Outlook.NOT_PLANNED,
      "train with ConvTranspose or Resize, which are read",
      "MaxUnpool"),
  POINTWISE(
      "is a function of each element, of bounded slopes",
      Outlook.PLANNED,
      "use one of the activations that are read, such as Relu, LeakyRelu, Tanh or Sigmoid",
      "Asinh Atan Cos Erf LogSoftmax Swish"),
  NORM(
      "is a norm or a soft maximum of some elements, of bounded slopes",
      Outlook.PLANNED,
      "export the model up to it, or as part of x / Max(ReduceL2(x), c), which is read",
      "ReduceL1 ReduceL2 ReduceLogSumExp"),
  LARGEST(
      "takes the largest or smallest of some elements",
      Outlook.PLANNED,
      "take Max or Min of slices, or MaxPool, which are read",
      "GlobalMaxPool ReduceMax ReduceMin"),
  LINEAR(
      "is linear",
      Outlook.PLANNED,
      "write it by MatMul with a constant matrix",
      "CumSum Einsum GatherElements GatherND LpPool ReverseSequence ScatterElements ScatterND Tile"
          + " Trilu"),
  ATTENTION(
      "multiplies signals, which has no Lipschitz bound",
      Outlook.NOT_PLANNED,
      "export the model without it; another kind of attention, with a bound, is planned",
      "Attention MultiHeadAttention");

  private static final Map<String, UnreadOperator> BY_NAME =
      Stream.of(values())
          .flatMap(kind -> Stream.of(kind.names.split(" ")).map(name -> Map.entry(name, kind)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String clause;
  private final Outlook outlook;
  private final String help;
  private final String names;

  UnreadOperator(String clause, Outlook outlook, String help, String names) {
    this.clause = clause;
    this.outlook = outlook;
    this.help = help;
    this.names = names;
  }

  /** The message about a node of this kind, as an exception. */
  OnnxException refusal(OnnxNode node) {
    return node.unread(clause, outlook, help);
  }

  /** The operators of all kinds. */
  public static Set<String> all() {
    return BY_NAME.keySet();
  }

  static Optional<UnreadOperator> of(String operator) {
    return Optional.ofNullable(BY_NAME.get(operator));
  }
}
