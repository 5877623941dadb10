package io.lipc.benchmarks.uci;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The rows of one setting and depth, as far as they can be compared: of each set those folds and
 * seeds for which every contender has a network. So a table of runs that have not ended yet
 * compares like with like.
 *
 * @param contenders those that have rows
 * @param cells by set, for each fold and seed what each contender came to
 * @param failures the rows without a network
 */
record Scores(
    Setting setting,
    int depth,
    List<Contender> contenders,
    SortedMap<String, List<Map<Contender, Row>>> cells,
    List<Row> failures) {

  /** All settings and depths that have rows. */
  static List<Scores> of(List<Row> rows) {
    List<Scores> all = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      List<Row> own = rows.stream().filter(row -> row.run().setting() == setting).toList();
      own.stream()
          .map(row -> row.run().depth())
          .distinct()
          .sorted()
          .forEach(
              depth ->
                  all.add(
                      of(
                          setting,
                          depth,
                          own.stream().filter(row -> row.run().depth() == depth).toList())));
    }
    return all;
  }

  private record Cell(String set, int fold, long seed) {}

  private static Scores of(Setting setting, int depth, List<Row> rows) {
    List<Contender> contenders =
        rows.stream().map(row -> row.run().contender()).distinct().sorted().toList();
    Map<Cell, Map<Contender, Row>> byCell = new LinkedHashMap<>();
    List<Row> failures = new ArrayList<>();
    for (Row row : rows) {
      if (row.result() instanceof Row.Measured) {
        Run run = row.run();
        byCell
            .computeIfAbsent(
                new Cell(run.set(), run.fold(), run.seed()), _ -> new EnumMap<>(Contender.class))
            .put(run.contender(), row);
      } else {
        failures.add(row);
      }
    }
    SortedMap<String, List<Map<Contender, Row>>> cells = new TreeMap<>();
    byCell.forEach(
        (cell, row) -> {
          if (row.size() == contenders.size()) {
            cells.computeIfAbsent(cell.set(), _ -> new ArrayList<>()).add(row);
          }
        });
    return new Scores(setting, depth, contenders, cells, failures);
  }

  /** How many folds and seeds there are, over all sets. */
  int size() {
    return cells.values().stream().mapToInt(List::size).sum();
  }

  /** The rows of a contender that count. */
  Stream<Row> rows(Contender contender) {
    return cells.values().stream()
        .flatMap(List::stream)
        .flatMap(cell -> Stream.ofNullable(cell.get(contender)));
  }

  /** The mean over folds and seeds for each set, in the order of {@link #cells}. */
  double[] bySet(Contender contender, ToDoubleFunction<Row.Measured> value) {
    return cells.values().stream()
        .mapToDouble(
            set ->
                set.stream()
                    .flatMap(cell -> Stream.ofNullable(cell.get(contender)))
                    .flatMap(row -> measured(row).stream())
                    .mapToDouble(value)
                    .average()
                    .orElseThrow())
        .toArray();
  }

  static Optional<Row.Measured> measured(Row row) {
    return row.result() instanceof Row.Measured measured ? Optional.of(measured) : Optional.empty();
  }
}
