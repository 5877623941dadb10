package io.lipc.model.diagnostic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Operations that people know from elsewhere and that no version will have as they are. The
 * language knows their names so that it can say why, and what to write instead.
 */
public enum RefusedOperation {
  /**
   * Near inputs without spread the slope grows as far as an epsilon lets it. With n elements,
   * {@code v / sqrt(v'v / n + epsilon)} has the derivative {@code (I - v v' / (v'v + n epsilon)) /
   * sqrt(v'v / n + epsilon)}, whose eigenvalues lie in [0, 1 / sqrt(epsilon)].
   */
  NORMALISATION(
      DiagnosticId.OPERATION_NOT_LIPSCHITZ,
      "has no Lipschitz bound without an epsilon",
      "it divides by the spread of its input; with epsilon > 0 its gain is 1/sqrt(epsilon), 316.23"
          + " for 1e-5, times its largest scale, and lipc has `layer_norm` alone of these",
      "normalise by `layer_norm(1e-5)` or @LayerNorm(epsilon = 1e-5), whose groups are neighbours\n"
          + "or subtract the mean alone: `center` or @Center, which has norm 1",
      "rms_norm instance_norm group_norm"),
  /** Kim, Papamakarios, Mnih: The Lipschitz constant of self-attention, ICML 2021. */
  ATTENTION(
      DiagnosticId.OPERATION_NOT_LIPSCHITZ,
      "has no Lipschitz bound",
      "its weights are dot products of functions of the input, whose slope grows with the input",
      "mix positions by a `dense` layer\n"
          + "attention by distances, which has a bound, is on the road map and not in this version",
      "attention self_attention dot_product_attention multi_head_attention"),
  /** A product of two functions of the input. */
  PRODUCT(
      DiagnosticId.OPERATION_NOT_LIPSCHITZ,
      "has no Lipschitz bound",
      "the slope of a product of two layers grows with either of them",
      "multiply by a constant: `x |> scale(2)`",
      "mul multiply product"),
  /** The same thing by another name. */
  LINEAR(
      DiagnosticId.DECLARATION_INVALID,
      "is called `dense` here",
      "one name for one operation",
      "write `dense(n)`, with n outputs",
      "linear fc fully_connected");

  private final DiagnosticId id;
  private final String fault;
  private final String reason;
  private final String remedies;
  private final String words;

  RefusedOperation(DiagnosticId id, String fault, String reason, String remedies, String words) {
    this.id = id;
    this.fault = fault;
    this.reason = reason;
    this.remedies = remedies;
    this.words = words;
  }

  /** The operation that people call {@code word}; capitals and underscores do not matter. */
  public static Optional<RefusedOperation> named(String word) {
    String plain = plain(word);
    return Arrays.stream(values())
        .filter(
            refused ->
                Arrays.stream(refused.words.split(" "))
                    .map(RefusedOperation::plain)
                    .anyMatch(plain::equals))
        .findFirst();
  }

  private static String plain(String word) {
    return word.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The texts to write instead. */
  List<String> remedies() {
    return remedies.lines().toList();
  }

  /**
   * The message.
   *
   * @param word what was written
   */
  public Diagnostic refusal(String word) {
    Diagnostic diagnostic = Diagnostic.of(id, "operation `" + word + "` " + fault).reason(reason);
    for (String remedy : remedies()) {
      diagnostic = diagnostic.help(remedy);
    }
    return diagnostic;
  }
}
