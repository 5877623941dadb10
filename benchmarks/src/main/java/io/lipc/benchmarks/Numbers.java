package io.lipc.benchmarks;

import java.util.Locale;
import java.util.Optional;

/** Numbers as the report shows them: no more digits than they are good for. */
final class Numbers {

  private Numbers() {}

  /** About three digits. */
  static String short3(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (value >= 10) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    return String.format(Locale.ROOT, value >= 0.1 ? "%.2f" : "%.3f", value);
  }

  static String short3(Optional<Double> value) {
    return value.map(Numbers::short3).orElse("");
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f", 100 * share);
  }
}
