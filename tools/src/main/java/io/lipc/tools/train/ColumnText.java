package io.lipc.tools.train;

import io.lipc.model.Decimals;
import io.lipc.training.table.Standardisation;
import io.lipc.training.table.Standardisation.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Statistics of columns in words. */
final class ColumnText {

  private static final int MOST_NAMED = 5;

  /** The most columns whose deviations are listed: of images nobody reads those of all pixels. */
  private static final int MOST_LISTED = 20;

  private ColumnText() {}

  /** The column with the smallest deviation, which decides the bound in the table's units. */
  static Optional<Column> narrowest(Standardisation statistics) {
    return statistics.columns().stream()
        .filter(column -> !column.isConstant())
        .min(Comparator.comparingDouble(Column::deviation));
  }

  private static Optional<Column> widest(Standardisation statistics) {
    return statistics.columns().stream().max(Comparator.comparingDouble(Column::deviation));
  }

  /** The fitted statistics, as lines of the report. */
  static List<String> lines(Standardising standardising) {
    Standardisation statistics = standardising.statistics();
    List<String> lines = new ArrayList<>();
    lines.add("columns:  " + summary(statistics, standardising.rows()));
    if (statistics.columns().size() <= MOST_LISTED) {
      lines.addAll(deviations(statistics));
    }
    constants(statistics).ifPresent(constants -> lines.add("constant: " + constants));
    return lines;
  }

  /** A line for each column that is read: its name, and the unit of distances in deviations. */
  private static List<String> deviations(Standardisation statistics) {
    return statistics.columns().stream()
        .filter(column -> !column.isConstant())
        .map(column -> "  deviation of " + column.name() + ": " + number(column.deviation()))
        .toList();
  }

  /** Over how many rows, and from which deviation to which. */
  private static String summary(Standardisation statistics, int rows) {
    String columns = statistics.columns().size() + " columns by ";
    return columns
        + rows
        + " rows, "
        + narrowest(statistics)
            .flatMap(
                narrow ->
                    widest(statistics)
                        .map(
                            wide ->
                                "deviations from %s (%s) to %s (%s)"
                                    .formatted(
                                        number(narrow.deviation()),
                                        narrow.name(),
                                        number(wide.deviation()),
                                        wide.name())))
            .orElse("all of them constant");
  }

  /** The columns that are not read, if there are any. */
  private static Optional<String> constants(Standardisation statistics) {
    List<String> names =
        statistics.columns().stream().filter(Column::isConstant).map(Column::name).toList();
    String rest = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            names.stream().limit(MOST_NAMED).collect(Collectors.joining(", ", "", rest))
                + (names.size() == 1 ? " has one value" : " have one value each")
                + " in these rows, and the scale 0");
  }

  /** Three significant digits. */
  static String number(double value) {
    double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.3g", value));
    return Decimals.plain(rounded).replaceFirst("\\.0$", "");
  }
}
