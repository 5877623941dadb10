package io.lipc.benchmarks.uci;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How far the other contenders are from SLL, a point for each set: panels as in the tables. */
final class DifferencePlot {

  private static final int LABELS = 90;
  private static final int PANEL = 300;
  private static final int GAP = 30;
  private static final int TOP = 66;
  private static final int LINE = 26;

  /** Points further away are drawn at the edge. */
  private static final double RANGE = 0.25;

  private static final List<Measure> MEASURES = List.of(Measure.ACCURACY, Measure.AT_36);

  private DifferencePlot() {}

  static String svg(List<Row> rows) {
    Svg svg = new Svg("Percentage points above SLL, a point for each set, a line at the mean");
    List<Scores> all =
        Scores.of(rows).stream()
            .filter(scores -> scores.size() > 0 && scores.contenders().contains(Contender.SLL))
            .toList();
    int y = TOP;
    for (Scores scores : all) {
      List<Contender> others =
          scores.contenders().stream().filter(contender -> contender != Contender.SLL).toList();
      for (int i = 0; i < MEASURES.size(); i++) {
        panel(svg, scores, others, MEASURES.get(i), LABELS + i * (PANEL + GAP), y);
      }
      for (int i = 0; i < others.size(); i++) {
        svg.text("", LABELS - 10, y + LINE * i + 18, "end", others.get(i).word());
      }
      y += LINE * others.size() + 66;
    }
    return svg.file(LABELS + MEASURES.size() * (PANEL + GAP), y);
  }

  private static void panel(
      Svg svg, Scores scores, List<Contender> others, Measure measure, int left, int top) {
    int bottom = top + LINE * others.size() + 6;
    svg.text(
        "head",
        left,
        top - 12,
        "start",
        "%s, depth %d: %s".formatted(scores.setting().word(), scores.depth(), measure.title()));
    for (int points = -20; points <= 20; points += 10) {
      double x = left + at(points / 100.0);
      svg.line(points == 0 ? "zero" : "grid", x, top, x, bottom);
      svg.text("tick", x, bottom + 12, "middle", "" + points);
    }
    double[] sll = scores.bySet(Contender.SLL, measure::of);
    for (int i = 0; i < others.size(); i++) {
      String style = others.get(i).word();
      double[] own = scores.bySet(others.get(i), measure::of);
      double y = top + LINE * i + 14;
      double[] differences =
          IntStream.range(0, own.length).mapToDouble(k -> own[k] - sll[k]).toArray();
      for (int k = 0; k < differences.length; k++) {
        svg.circle(style, left + at(differences[k]), y + k % 5 * 2.0 - 4, 3);
      }
      double mean = left + at(Arrays.stream(differences).average().orElseThrow());
      svg.line(style + " mean", mean, y - 11, mean, y + 11);
    }
  }

  private static double at(double difference) {
    double within = Math.max(-RANGE, Math.min(RANGE, difference));
    return PANEL * (within + RANGE) / (2 * RANGE);
  }
}
