package io.lipc.model;

/** A vector norm in which a Lipschitz bound is stated. */
public enum Norm {
  /** The Euclidean norm. */
  L2("l2"),
  /** The maximum norm. */
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
