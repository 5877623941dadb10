package io.lipc.tools.page;

import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;
import java.util.Optional;

/**
 * Bounds of the network that ends at one of the layers.
 *
 * @param layer the number of that layer
 * @param product what the product of norms, or of magnitudes, proves of it
 * @param certified the bound that was proved of it
 * @param lower two inputs reach it
 */
public record PrefixBound(
    int layer, Optional<UpperBound> product, Optional<UpperBound> certified, LowerBound lower) {

  /** The same, of a network that has a certificate of its own. */
  public PrefixBound certifiedBy(UpperBound bound) {
    return new PrefixBound(layer, product, Optional.of(bound), lower);
  }
}
