package io.lipc.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Operations that people know from elsewhere and that this version does not have. The language
 * knows their names so that it can say what to write today, instead of calling them unknown.
 */
public enum PlannedOperation {
  /** Bounded, S-shaped functions. */
  SATURATING(
      "use the nearest activation of this version: `tanh`",
      "softsign",
      "hard_tanh",
      "hard_sigmoid",
      "sin"),
  /** Another name of {@code silu}. */
  SWISH("write `silu`, which is swish with beta 1", "swish"),
  /** Functions that grow like the identity on one side and are near 0 on the other. */
  RECTIFIER(
      "use the nearest activation of this version: `relu`, `silu`",
      "gelu",
      "gelu_tanh",
      "mish",
      "softplus",
      "relu6",
      "hard_swish"),
  /** Rectifiers that keep something of the negative side. */
  LEAKY("use the nearest activation of this version: `leaky_relu(a)`", "elu", "celu", "selu"),
  /** Activations that keep the norms of gradients. */
  SORTING(
      "use the nearest activation of this version: `maxmin`", "group_sort", "sort", "householder"),
  /**
   * A map to probabilities, 1-Lipschitz in l2: the bound of the logits is one of its values too.
   */
  SOFTMAX("let the network end at the logits; softmax itself is 1-Lipschitz in l2", "softmax"),
  /** Linear maps with structure. */
  STRUCTURED(
      "write the linear map out as the matrix of a `dense` layer", "conv1d", "conv2d", "avg_pool"),
  /** What changes no numbers when a trained network is run. */
  NOTHING("leave it out: it changes nothing here", "flatten", "dropout"),
  /** The maximum of a window. */
  MAX_POOL("use `maxmin`, which keeps both the maximum and the minimum of a pair", "max_pool");

  private final String remedy;
  private final String words;

  PlannedOperation(String remedy, String... words) {
    this.remedy = remedy;
    this.words = String.join(" ", words);
  }

  /** What to write instead. */
  String remedy() {
    return remedy;
  }

  /**
   * The operation that people call {@code word}; capitals and underscores do not matter, so that
   * {@code LayerNorm} is {@code layer_norm}.
   */
  public static Optional<PlannedOperation> named(String word) {
    String plain = plain(word);
    return Arrays.stream(values()).filter(planned -> planned.means(plain)).findFirst();
  }

  private boolean means(String plain) {
    return Arrays.stream(words.split(" ")).map(PlannedOperation::plain).anyMatch(plain::equals);
  }

  private static String plain(String word) {
    return word.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
