package io.lipc.tools.page;

import io.lipc.certificate.margin.PairBounds;
import java.util.List;

/**
 * Bounds of the differences of a network's outputs.
 *
 * @param bounds accepted by the checker in this run
 * @param labels what the outputs are called, in their order
 */
public record ClassPairs(PairBounds bounds, List<String> labels) {
  public ClassPairs {
    labels = List.copyOf(labels);
    if (labels.size() != bounds.outputs()) {
      throw new IllegalArgumentException(
          labels.size() + " labels of " + bounds.outputs() + " outputs");
    }
  }
}
