package io.lipc.benchmarks.uci;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** The rows as Markdown. */
final class Tables {

  private Tables() {}

  /**
   * A table for each setting and depth: the figures of the contenders, and their comparison with
   * SLL.
   */
  static String markdown(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Scores scores : Scores.of(rows)) {
      text.append(
          "**Setting `%s`, depth %d**: %s.%n%n"
              .formatted(scores.setting().word(), scores.depth(), extent(scores)));
      if (scores.size() > 0) {
        text.append(means(scores));
        if (scores.contenders().contains(Contender.SLL)) {
          text.append(besideSll(scores));
        }
      }
    }
    return text.toString();
  }

  private static String extent(Scores scores) {
    IntSummaryStatistics folds =
        scores.cells().values().stream().mapToInt(List::size).summaryStatistics();
    String extent =
        scores.size() == 0
            ? "no set has all constructions yet"
            : "%d sets, %s of each, %d networks"
                .formatted(
                    scores.cells().size(),
                    folds.getMin() == folds.getMax()
                        ? folds.getMin() + " folds"
                        : folds.getMin() + " to " + folds.getMax() + " folds",
                    scores.size() * scores.contenders().size());
    return scores.failures().isEmpty()
        ? extent
        : extent + ", and %d runs that failed".formatted(scores.failures().size());
  }

  private static String means(Scores scores) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "construction",
            "width",
            "parameters",
            "accuracy",
            "at 36/255",
            "at 72/255",
            "at 108/255",
            "bound",
            "last best",
            "training, s",
            "proof, s"));
    for (Contender contender : scores.contenders()) {
      List<String> line = new ArrayList<>();
      line.add("`" + contender.word() + "`");
      line.add(
          range(scores.rows(contender).mapToInt(row -> row.layout().width()).summaryStatistics()));
      line.add(
          range(
              scores
                  .rows(contender)
                  .mapToInt(row -> row.layout().parameters())
                  .summaryStatistics()));
      for (Measure measure : Measure.values()) {
        line.add(percent(mean(scores.bySet(contender, measure::of))));
      }
      line.add(bounds(scores, contender));
      line.add(lastBest(scores, contender));
      line.add(seconds(mean(scores.bySet(contender, Row.Measured::trainingSeconds))));
      line.add(seconds(mean(scores.bySet(contender, Row.Measured::proofSeconds))));
      lines.add(line);
    }
    return table(lines);
  }

  private static String besideSll(Scores scores) {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("beside `sll`"));
    Arrays.stream(Measure.values()).forEach(measure -> head.add(measure.title()));
    lines.add(head);
    for (Contender contender : scores.contenders()) {
      if (contender != Contender.SLL) {
        List<String> line = new ArrayList<>(List.of("`" + contender.word() + "`"));
        for (Measure measure : Measure.values()) {
          line.add(
              versus(
                  Comparison.of(
                      scores.bySet(contender, measure::of),
                      scores.bySet(Contender.SLL, measure::of))));
        }
        lines.add(line);
      }
    }
    return table(lines);
  }

  private static String versus(Comparison comparison) {
    String p =
        comparison.p().isEmpty()
            ? ""
            : ", p " + String.format(Locale.ROOT, "%.2g", comparison.p().getAsDouble());
    return String.format(
        Locale.ROOT,
        "%+.1f (%d/%d/%d%s)",
        100 * comparison.difference(),
        comparison.wins(),
        comparison.ties(),
        comparison.losses(),
        p);
  }

  private static String bounds(Scores scores, Contender contender) {
    DoubleSummaryStatistics bounds =
        scores
            .rows(contender)
            .flatMap(row -> Scores.measured(row).stream())
            .mapToDouble(Row.Measured::bound)
            .summaryStatistics();
    String least = up(bounds.getMin());
    String largest = up(bounds.getMax());
    return least.equals(largest) ? least : least + " to " + largest;
  }

  /** Bounds are rounded up. */
  private static String up(double bound) {
    return String.format(Locale.ROOT, "%.2f", Math.ceil(100 * bound) / 100);
  }

  /** How many would have gone on: the last epoch was the best, on the rows that are held out. */
  private static String lastBest(Scores scores, Contender contender) {
    List<Row.Measured> measured =
        scores.rows(contender).flatMap(row -> Scores.measured(row).stream()).toList();
    long last = measured.stream().filter(row -> row.bestEpoch() == row.epochs()).count();
    return last + " of " + measured.size();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static String range(IntSummaryStatistics values) {
    return values.getMin() == values.getMax()
        ? "" + values.getMin()
        : values.getMin() + " to " + values.getMax();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String table(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---".repeat(lines.getFirst().size())).append("|\n");
      }
    }
    return text.append('\n').toString();
  }
}
