package io.lipc.certifier.falsify;

import java.util.List;

/**
 * Two inputs that show a lower bound: their ratio {@code |f(first) - f(second)| / |first -
 * second|}, in the norms that are asked about.
 */
public record Pair(List<Double> first, List<Double> second) {
  public Pair {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }
}
