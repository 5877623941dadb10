package io.lipc.benchmarks.uci;

import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.charts.Svg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How far the other contenders are from SLL, a point for each set: panels as in the tables. */
final class DifferencePlot {

  private static final double LABELS = 90;
  private static final double PANEL = 300;
  private static final double GAP = 30;
  private static final double LINE = 26;

  /** In percentage points. Sets further away are drawn at the edge. */
  private static final double RANGE = 25;

  private static final List<Measure> MEASURES = List.of(Measure.ACCURACY, Measure.AT_36);

  private DifferencePlot() {}

  static String svg(List<Row> rows) {
    List<Element> parts = new ArrayList<>();
    double y = 66;
    for (Scores scores : Scores.of(rows)) {
      if (scores.size() > 0 && scores.contenders().contains(Contender.SLL)) {
        y = draw(parts, scores, y) + 42;
      }
    }
    double width = LABELS + MEASURES.size() * (PANEL + GAP);
    String title = "Percentage points above SLL, a point for each set, a line at the mean";
    return Svg.file(width, y - 30, title, "The tables have the means and their tests.", parts);
  }

  private static double draw(List<Element> parts, Scores scores, double top) {
    List<Contender> others = new ArrayList<>(scores.contenders());
    others.remove(Contender.SLL);
    List<String> names = others.stream().map(Contender::word).toList();
    double bottom = top;
    for (int i = 0; i < MEASURES.size(); i++) {
      Measure measure = MEASURES.get(i);
      Panel panel =
          new Panel(
              "%s, depth %d: %s"
                  .formatted(scores.setting().word(), scores.depth(), measure.title()),
              LABELS + i * (PANEL + GAP),
              top,
              PANEL,
              LINE * names.size(),
              Axis.of(Scale.linear(-RANGE, RANGE), ""),
              Axis.rows(i == 0 ? names : Collections.nCopies(names.size(), "")));
      List<Mark> marks = new ArrayList<>();
      marks.add(new Mark.Rule(Colour.INK, Mark.Stroke.THIN, 0));
      for (int row = 0; row < others.size(); row++) {
        marks.addAll(marks(scores, others.get(row), measure, row));
      }
      parts.addAll(panel.draw(marks));
      bottom = panel.bottom();
    }
    return bottom;
  }

  /** The points of a contender around its row, and their mean. */
  private static List<Mark> marks(Scores scores, Contender other, Measure measure, int row) {
    double[] sll = scores.bySet(Contender.SLL, measure::of);
    double[] own = scores.bySet(other, measure::of);
    double[] points = new double[own.length];
    Arrays.setAll(points, k -> 100 * (own[k] - sll[k]));
    List<Point> sets = new ArrayList<>();
    for (int k = 0; k < points.length; k++) {
      sets.add(new Point(points[k], row + (k % 5 - 2) * 0.08));
    }
    double mean = Arrays.stream(points).average().orElseThrow();
    List<Point> line = List.of(new Point(mean, row - 0.42), new Point(mean, row + 0.42));
    return List.of(new Mark.Dots(other.colour(), sets), Mark.Curve.solid(other.colour(), line));
  }
}
