package io.lipc.model.diagnostic;

import io.lipc.model.Decimals;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Inputs, and boxes of them, as messages show them. */
final class Points {

  /** A message shows no longer ones. */
  private static final int MOST_NUMBERS = 8;

  private Points() {}

  /** Whether a message has room for inputs of so many elements. */
  static boolean areShown(List<Double> input) {
    return input.size() <= MOST_NUMBERS;
  }

  static String numbers(List<Double> input) {
    return input.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  static String box(List<Double> lower, List<Double> upper) {
    return IntStream.range(0, lower.size())
        .mapToObj(
            i -> "[" + Decimals.plain(lower.get(i)) + ", " + Decimals.plain(upper.get(i)) + "]")
        .collect(Collectors.joining(" x "));
  }
}
