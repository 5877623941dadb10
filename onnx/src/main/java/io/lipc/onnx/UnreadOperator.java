package io.lipc.onnx;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why lipc does not read an operator, whether that is planned, and what to do meanwhile. Of what is
 * not listed only the name is known.
 */
enum UnreadOperator {
  UNBOUNDED(
      "has slopes without bound, so that no Lipschitz bound exists, and reading it is not planned;"
          + " export the model up to it, or with an activation in its place",
      "Acosh Atanh Cosh Erfc Exp Log Pow Reciprocal ReduceL2 ReduceLogSum ReduceProd ReduceSumSquare"
          + " Sinh Sqrt Tan"),
  NORMALISATION(
      "divides by a norm or a deviation of its input, and is as steep as that is small; reading it is"
          + " not planned; train with BatchNormalization, which is read for inference",
      "GroupNormalization InstanceNormalization LRN LayerNormalization LpNormalization"
          + " MeanVarianceNormalization RMSNormalization"),
  DISCONTINUOUS(
      "jumps, so that no Lipschitz bound exists, and reading it is not planned; export the model up"
          + " to its scores, and certify these",
      "And ArgMax ArgMin Ceil EyeLike Floor Greater GreaterOrEqual Hardmax IsInf IsNaN Less LessOrEqual"
          + " Mod NonMaxSuppression NonZero Not OneHot Or Round Shrink Sign ThresholdedRelu TopK Unique"
          + " Xor"),
  RECURRENT(
      "runs over a sequence, and lipc reads feed-forward networks: reading it is not planned; export"
          + " one step, with the state as a second input",
      "GRU LSTM RNN"),
  CONTROL(
      "runs other graphs, and reading it is not planned; export the model by tracing, for one input of"
          + " fixed size, which leaves the nodes that are run",
      "If Loop Scan SequenceMap"),
  QUANTISED(
      "computes with quantised numbers, and lipc reads networks of real numbers: reading it is not"
          + " planned; export the model before it is quantised",
      "ConvInteger DequantizeLinear DynamicQuantizeLinear MatMulInteger QLinearConv QLinearMatMul"
          + " QuantizeLinear"),
  RANDOM(
      "draws random numbers, and reading it is not planned; export the model for inference, after"
          + " model.eval()",
      "Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike"),
  SPREADING(
      "spreads each pixel over a window; reading it is planned, as it is linear; until then, resize by"
          + " Expand and use Conv, which gathers pixels from a window",
      "ConvTranspose MaxUnpool"),
  RESIZING(
      "resizes an image; reading it is planned for whole factors, as it is linear then; until then,"
          + " repeat pixels by Unsqueeze, Expand and Reshape, which are read",
      "DepthToSpace Resize SpaceToDepth Upsample"),
  POINTWISE(
      "is a function of each element; reading it is planned, as its slopes are bounded; until then, use"
          + " one of the activations that are read, such as Relu, LeakyRelu, Tanh or Sigmoid",
      "Acos Asin Asinh Atan Cos Erf LogSoftmax PRelu Swish"),
  LARGEST(
      "takes the largest or smallest of some elements; reading it is planned; until then, take Max or"
          + " Min of slices, or MaxPool, which are read",
      "GlobalMaxPool ReduceMax ReduceMin"),
  LINEAR(
      "is linear, and reading it is planned; until then, write it by MatMul with a constant matrix",
      "CumSum Einsum GatherElements GatherND LpPool ReverseSequence ScatterElements ScatterND Tile"
          + " Trilu"),
  ATTENTION(
      "multiplies signals, which has no Lipschitz bound; of attention, a kind with a bound is planned"
          + " and none is read yet",
      "Attention MultiHeadAttention");

  private static final Map<String, UnreadOperator> BY_NAME =
      Stream.of(values())
          .flatMap(kind -> Stream.of(kind.names.split(" ")).map(name -> Map.entry(name, kind)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String clause;
  private final String names;

  UnreadOperator(String clause, String names) {
    this.clause = clause;
    this.names = names;
  }

  /** What messages say of a node, after its name. */
  String clause() {
    return clause;
  }

  static Optional<UnreadOperator> of(String operator) {
    return Optional.ofNullable(BY_NAME.get(operator));
  }
}
