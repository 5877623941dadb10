package io.lipc.benchmarks.uci;

import java.util.Arrays;
import java.util.List;

/** Certified accuracy by radius, the mean over the sets: a panel for each setting and depth. */
final class AccuracyPlot {

  private static final int PANEL = 300;
  private static final int GAP = 46;
  private static final int LEFT = 46;
  private static final int TOP = 92;
  private static final int HEIGHT = 240;
  private static final int COLUMNS = 2;

  /**
   * The least accuracy of the axis. Lower ones are drawn at the edge; no construction with a bound
   * has one.
   */
  private static final int LEAST = 40;

  private AccuracyPlot() {}

  static String svg(List<Row> rows) {
    Svg svg =
        new Svg("Accuracy that is certified at an l2 distance, mean over the sets, in percent");
    legend(svg);
    List<Scores> panels = Scores.of(rows).stream().filter(scores -> scores.size() > 0).toList();
    for (int i = 0; i < panels.size(); i++) {
      int x = LEFT + i % COLUMNS * (PANEL + GAP);
      int y = TOP + i / COLUMNS * (HEIGHT + 66);
      panel(svg, panels.get(i), x, y);
    }
    int lines = Math.ceilDiv(panels.size(), COLUMNS);
    return svg.file(LEFT + COLUMNS * (PANEL + GAP), TOP + lines * (HEIGHT + 66));
  }

  private static void legend(Svg svg) {
    int x = 12;
    for (Contender contender : Contender.COMPARED) {
      svg.line(contender.word() + " mean", x, 44, x + 18, 44);
      svg.text("", x + 23, 48, "start", contender.word());
      x += 48 + 7 * contender.word().length();
    }
  }

  private static void panel(Svg svg, Scores scores, int left, int top) {
    svg.text(
        "head",
        left,
        top - 10,
        "start",
        "%s, depth %d, %d sets"
            .formatted(scores.setting().word(), scores.depth(), scores.cells().size()));
    for (int percent = LEAST; percent <= 100; percent += 10) {
      double y = top + height(percent);
      svg.line("grid", left, y, left + PANEL, y);
      svg.text("tick", left - 5, y + 3, "end", "" + percent);
    }
    Measure[] measures = Measure.values();
    for (Measure measure : measures) {
      String label = measure == Measure.ACCURACY ? "0" : measure.title().substring(3);
      svg.text("tick", left + at(measure), top + HEIGHT + 14, "middle", label);
    }
    for (Contender contender : scores.contenders()) {
      double[] heights =
          Arrays.stream(measures)
              .mapToDouble(
                  m -> Arrays.stream(scores.bySet(contender, m::of)).average().orElseThrow())
              .toArray();
      for (int i = 0; i < measures.length; i++) {
        double x = left + at(measures[i]);
        double y = top + height(100 * heights[i]);
        svg.circle(contender.word(), x, y, 3);
        if (i > 0) {
          double before = top + height(100 * heights[i - 1]);
          svg.line(contender.word() + " curve", left + at(measures[i - 1]), before, x, y);
        }
      }
    }
  }

  private static double at(Measure measure) {
    return PANEL * measure.place() / (double) (Measure.values().length - 1);
  }

  private static double height(double percent) {
    return HEIGHT * (100 - Math.max(percent, LEAST)) / (100 - LEAST);
  }
}
