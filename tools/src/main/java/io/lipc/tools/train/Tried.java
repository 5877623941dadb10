package io.lipc.tools.train;

import java.util.List;
import java.util.Optional;

/**
 * A trial that is over.
 *
 * @param shares accuracy on the held-out rows, and certified accuracy at each distance, in their
 *     order; absent where training failed
 */
record Tried(Trial trial, Optional<List<Double>> shares) {

  Tried {
    shares = shares.map(List::copyOf);
  }

  /** The mean of the shares; less than any other where training failed. */
  double score() {
    return shares
        .map(all -> all.stream().mapToDouble(Double::doubleValue).sum() / all.size())
        .orElse(-1.0);
  }
}
