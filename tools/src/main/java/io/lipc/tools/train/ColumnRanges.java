package io.lipc.tools.train;

import io.lipc.model.Decimals;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The range of each column of features. */
final class ColumnRanges {

  /** Columns that differ by more are worth a warning. */
  private static final double MOST = 10;

  private static final int MOST_NAMED = 3;

  private record Range(String column, double least, double largest) {

    double width() {
      return largest - least;
    }

    String text() {
      return "%s runs from %s to %s".formatted(column, written(least), written(largest));
    }

    private static String written(double number) {
      return Decimals.plain(Double.parseDouble(String.format(Locale.ROOT, "%.3g", number)))
          .replaceFirst("\\.0$", "");
    }
  }

  private ColumnRanges() {}

  /** The warning about ranges that differ much; constant columns have no range. */
  static Optional<String> warning(Table<?> table) {
    List<Range> ranges = new ArrayList<>();
    for (int column = 0; column < table.features().size(); column++) {
      Range range = range(table.data(), column, table.features().get(column));
      if (range.width() > 0) {
        ranges.add(range);
      }
    }
    ranges.sort(Comparator.comparingDouble(Range::width));
    List<Range> narrow =
        ranges.stream().filter(range -> range.width() < ranges.getLast().width() / MOST).toList();
    return narrow.isEmpty() || isOfPixels(ranges, narrow.size())
        ? Optional.empty()
        : Optional.of(text(ranges.getLast(), narrow));
  }

  /** Some pixels of images are dark in nearly all of them: few columns, with the least of all. */
  private static boolean isOfPixels(List<Range> ranges, int narrow) {
    double least = ranges.getLast().least();
    return narrow < ranges.size() / MOST
        && ranges.stream().allMatch(range -> range.least() == least);
  }

  private static String text(Range widest, List<Range> narrow) {
    String shown =
        narrow.stream().limit(MOST_NAMED).map(Range::text).collect(Collectors.joining(", "));
    int others = narrow.size() - MOST_NAMED;
    return String.format(
        Locale.ROOT,
        "column ranges differ by a factor of %.0f: %s, but %s%s. One bound for all columns lets a"
            + " network hardly use the narrow ones: where units differ, train with --standardise",
        widest.width() / narrow.getFirst().width(),
        widest.text(),
        shown,
        others > 0 ? " and " + others + " more" : "");
  }

  private static Range range(FeatureRows<?> data, int column, String name) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int sample = 0; sample < data.size(); sample++) {
      double value = data.feature(sample, column);
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    return new Range(name, least, largest);
  }
}
