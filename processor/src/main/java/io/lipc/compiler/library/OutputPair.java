package io.lipc.compiler.library;

import io.lipc.certificate.margin.PairBounds;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two outputs of a network, and a bound of their difference in the norm of the network's inputs.
 *
 * @param first the number of the one output, from 0
 * @param second the number of the other, which is larger
 */
public record OutputPair(int first, int second, UpperBound bound) {

  /** All pairs, by the first output and then by the second. */
  public static List<OutputPair> of(PairBounds bounds) {
    List<OutputPair> pairs = new ArrayList<>();
    for (int i = 0; i < bounds.outputs(); i++) {
      for (int j = i + 1; j < bounds.outputs(); j++) {
        pairs.add(new OutputPair(i, j, new UpperBound(bounds.of(i, j))));
      }
    }
    return List.copyOf(pairs);
  }

  /** A pair with the largest bound, which holds of all differences. */
  public static OutputPair largest(PairBounds bounds) {
    return of(bounds).stream().max(byBound()).orElseThrow();
  }

  /** A pair with the smallest bound. */
  public static OutputPair smallest(PairBounds bounds) {
    return of(bounds).stream().min(byBound()).orElseThrow();
  }

  private static Comparator<OutputPair> byBound() {
    return Comparator.comparingDouble(pair -> pair.bound().value());
  }
}
