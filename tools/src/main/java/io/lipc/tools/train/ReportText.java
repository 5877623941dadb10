package io.lipc.tools.train;

import io.lipc.formats.JsonValue;
import java.util.List;

/** The common sentences of reports about training. */
final class ReportText {

  private ReportText() {}

  /** The line about rows that were left out, if any were. */
  static List<String> dropped(int dropped, int kept) {
    return dropped == 0
        ? List.of()
        : List.of(
            "dropped:  %d of %d rows, in which a value is missing"
                .formatted(dropped, dropped + kept));
  }

  /**
   * The line about epochs and rows. If no epoch was better than the start, the weights are random,
   * and only this line says so.
   */
  static String trained(int epochs, int rows, int bestEpoch) {
    return "trained:  %d epochs on %d rows, %s"
        .formatted(
            epochs,
            rows,
            bestEpoch == 0
                ? "none of them better than the random start, so that was written; try"
                    + " another --rate"
                : "the best after " + bestEpoch);
  }

  /** A list as JSON, for programs. */
  static JsonValue array(List<? extends JsonValue> elements) {
    return new JsonValue.JsonArray(List.copyOf(elements));
  }

  /** A number as JSON, for programs: JSON has finite numbers alone, and an unknown one is null. */
  static JsonValue number(double value) {
    return Double.isFinite(value)
        ? new JsonValue.JsonNumber(Double.toString(value))
        : new JsonValue.JsonNull();
  }
}
