package io.lipc.model;

import java.util.Arrays;
import java.util.Optional;

/** A family of weights that bounds its network for every value of some free parameters. */
public enum Construction {
  /** The LDL^T parameterisation of chains and of residual blocks (Juston et al. 2025). */
  LDLT("ldlt");

  private final String word;

  Construction(String word) {
    this.word = word;
  }

  /** The word of the language for this construction. */
  public String word() {
    return word;
  }

  /** The construction that the language calls {@code word}. */
  public static Optional<Construction> named(String word) {
    return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
  }
}
