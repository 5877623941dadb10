package io.lipc.certifier;

/** Which search for a proof is run. */
public enum Method {
  /** All of them; the least bound is taken. */
  AUTO("auto"),
  /** Norms of layers, multiplied along chains and added over sums. */
  NORM_PRODUCT("norm-product"),
  /** Block elimination with multipliers in closed form. */
  LAYERWISE_LMI("layerwise-lmi"),
  /** No search: the LDL^T construction bounds whatever weights it makes. */
  LDLT_CONSTRUCTION("ldlt-construction"),
  /** No search: multipliers that came with the weights. */
  GIVEN_MULTIPLIERS("given-multipliers");

  private final String word;

  Method(String word) {
    this.word = word;
  }

  /** As options and certificates write it: {@code norm-product}. */
  public String word() {
    return word;
  }
}
