package io.lipc.certifier;

/** Which search for a proof is run. */
public enum Method {
  /** All that apply, the cheap ones first, while the budget lasts; the least bound is taken. */
  AUTO("auto"),
  /** Norms of layers, multiplied along chains and added over sums. */
  NORM_PRODUCT("norm-product"),
  /** Magnitudes of weights, multiplied and added element by element, from linf. */
  ELEMENTWISE_PRODUCT("elementwise-product"),
  /** The matrix inequality over whole signals, with the best multipliers. */
  SCALAR_LMI("scalar-lmi"),
  /** Block elimination with multipliers chosen layer by layer. */
  LAYERWISE_LMI("layerwise-lmi"),
  /** The matrix inequality over all neurons, with the best multipliers, one for each layer. */
  LIPSDP_LAYER("lipsdp-layer"),
  /** The same with one for each neuron. */
  LIPSDP_NEURON("lipsdp-neuron"),
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

  /** Whether a run of the certifier may be asked for it: what is no search has its proof given. */
  public boolean isSearch() {
    return switch (this) {
      case AUTO,
          NORM_PRODUCT,
          ELEMENTWISE_PRODUCT,
          SCALAR_LMI,
          LAYERWISE_LMI,
          LIPSDP_LAYER,
          LIPSDP_NEURON ->
          true;
      case LDLT_CONSTRUCTION, GIVEN_MULTIPLIERS -> false;
    };
  }
}
