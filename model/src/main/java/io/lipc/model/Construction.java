package io.lipc.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A family of weights that bounds its network for every value of some free parameters. */
public enum Construction {
  /**
   * The LDL^T parameterisation of chains and of residual blocks (Juston et al. 2025). With
   * convolutions, it is {@link #SLL}.
   */
  LDLT("ldlt", true),
  /**
   * Chains of dense layers and convolutions of norm 1, by the Cayley transform and by products of
   * projections.
   */
  ORTHOGONAL("orthogonal", false),
  /**
   * The same with residual blocks between them: SDP-based Lipschitz layers (Araujo et al. 2023),
   * and the LDL^T blocks whose skip is less than 1.
   */
  SLL("sll", false),
  /**
   * Chains of dense layers and convolutions whose channels are scaled until their norms are at most
   * 1: almost-orthogonal layers (Prach and Lampert 2022).
   */
  AOL("aol", false),
  /**
   * Chains of dense layers and activations, by the Cayley transform: sandwich layers (Wang and
   * Manchester 2023).
   */
  SANDWICH("sandwich", false);

  private final String word;
  private final boolean hasTheorem;

  Construction(String word, boolean hasTheorem) {
    this.word = word;
    this.hasTheorem = hasTheorem;
  }

  /**
   * The construction that makes the weights of a network which declares this one. Residual blocks
   * of LDL^T networks with kernels in place of matrices are those of {@link #SLL}, whatever the
   * word.
   */
  public Construction in(Network network) {
    boolean convolves =
        network.layers().stream().anyMatch(layer -> layer.convolution().isPresent());
    return this == LDLT && convolves ? SLL : this;
  }

  /**
   * Whether a certificate may say that the bound holds for all of its weights, so that networks
   * compile before they are trained. For the other constructions, only existing weights are
   * certified.
   */
  public boolean hasTheorem() {
    return hasTheorem;
  }

  /**
   * The construction to propose where weights do not exist yet: the one that has a theorem, so that
   * a network needs no file.
   */
  public static Construction withoutFile() {
    return Arrays.stream(values()).filter(Construction::hasTheorem).findFirst().orElseThrow();
  }

  /** The word of the language for this construction. */
  public String word() {
    return word;
  }

  /** The clause that declares this construction, in texts and in Java, as messages show it. */
  public String clause() {
    return "`parameters " + word + ";` or @Parameterized(" + name() + ")";
  }

  /** The words of all constructions in prose, in their order: {@code `a`, `b` or `c`}. */
  public static String words() {
    List<String> quoted = Arrays.stream(values()).map(known -> "`" + known.word + "`").toList();
    int last = quoted.size() - 1;
    return String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
  }

  /** The construction that the language calls {@code word}. */
  public static Optional<Construction> named(String word) {
    return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
  }
}
