package io.lipc.formats;

/**
 * A vector norm in which a Lipschitz bound is declared and proved. Its constants are the words of
 * certificates; {@link #word} is that of the language.
 */
public enum Norm {
  /** The Euclidean norm: the root of the sum of the squares of all elements. */
  L2("l2"),
  /** The maximum norm: the largest absolute value of an element. */
  LINF("linf");

  private final String word;

  Norm(String word) {
    this.word = word;
  }

  /** The word of the language for this norm: {@code l2}, {@code linf}. */
  public String word() {
    return word;
  }
}
