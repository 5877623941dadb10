package io.lipc.certifier;

import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.bound.ElementwiseProduct;
import io.lipc.certifier.bound.FrequencyLmi;
import io.lipc.certifier.bound.LayerwiseLmi;
import io.lipc.certifier.bound.LipSdp;
import io.lipc.certifier.bound.NormProduct;
import io.lipc.certifier.bound.ScalarLmi;
import io.lipc.certifier.lmi.RowInequality;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which search for a proof is run. The searches stand in the order in which they are tried. */
public enum Method {
  /** All that apply, the cheap ones first, while the budget lasts; the least bound is taken. */
  AUTO("auto"),
  /** Norms of layers, multiplied along chains and added over sums. */
  NORM_PRODUCT(new NormProduct.Kind()),
  /** Magnitudes of weights, multiplied and added element by element, from linf. */
  ELEMENTWISE_PRODUCT(new ElementwiseProduct.Kind()),
  /** The matrix inequality over whole signals, with the best multipliers. */
  SCALAR_LMI(new ScalarLmi.Kind()),
  /** Block elimination at all frequencies of a torus, for networks of images. */
  FREQUENCY_LAYER(new FrequencyLmi.Kind(FrequencyLmi.Sharing.PER_UNIT)),
  /** Block elimination with multipliers chosen layer by layer. */
  LAYERWISE_LMI(new LayerwiseLmi.Kind()),
  /** The matrix inequalities of all frequencies, with the best multipliers of channels. */
  FREQUENCY_CHANNEL(new FrequencyLmi.Kind(FrequencyLmi.Sharing.PER_CHANNEL)),
  /** The matrix inequality over all neurons, with the best multipliers, one for each layer. */
  LIPSDP_LAYER(new LipSdp.Kind(RowInequality.Sharing.PER_UNIT)),
  /** The same with one for each neuron. */
  LIPSDP_NEURON(new LipSdp.Kind(RowInequality.Sharing.PER_ROW)),
  /** No search: the LDL^T construction bounds whatever weights it makes. */
  LDLT_CONSTRUCTION("ldlt-construction"),
  /** No search: multipliers that came with the weights. */
  GIVEN_MULTIPLIERS("given-multipliers");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // kinds have no state
  private final Optional<BoundMethod.Kind> kind;

  Method(BoundMethod.Kind kind) {
    this.word = kind.word();
    this.kind = Optional.of(kind);
  }

  /** All searches together, or none: what is not a search has its proof given. */
  Method(String word) {
    this.word = word;
    this.kind = Optional.empty();
  }

  /** The word for it in options and certificates: {@code norm-product}. */
  public String word() {
    return word;
  }

  /** The method that options call {@code word}, if there is one that may be asked for. */
  public static Optional<Method> asked(String word) {
    return askable().stream().filter(method -> method.word.equals(word)).findFirst();
  }

  /**
   * The methods that a run of the certifier may be asked for: the single searches, and all
   * together.
   */
  public static List<Method> askable() {
    return Arrays.stream(values()).filter(Method::isSearch).toList();
  }

  /**
   * Whether a run of the certifier may be asked for it: what is not a search has its proof given.
   */
  public boolean isSearch() {
    return this == AUTO || kind.isPresent();
  }

  /** The single search that it is. */
  Optional<BoundMethod.Kind> kind() {
    return kind;
  }
}
