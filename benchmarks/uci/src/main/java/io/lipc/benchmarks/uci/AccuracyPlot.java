package io.lipc.benchmarks.uci;

import io.lipc.charts.Axis;
import io.lipc.charts.Legend;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Curve;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.charts.Svg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Certified accuracy by radius, the mean over the sets: a panel for each setting and depth. */
final class AccuracyPlot {

  private static final double PANEL = 300;
  private static final double LEFT = 46;
  private static final double HEIGHT = 240;

  /**
   * The axis of accuracies begins at 40 %. Lower ones are drawn at the edge; no construction with a
   * bound has one.
   */
  private static final Axis UPWARD = Axis.of(Scale.linear(40, 100), "");

  private static final Axis ACROSS =
      Axis.columns(
          Arrays.stream(Measure.values())
              .map(m -> m == Measure.ACCURACY ? "0" : m.title().substring("at ".length()))
              .toList(),
          "");

  private AccuracyPlot() {}

  static String svg(List<Row> rows) {
    double width = 2 * (LEFT + PANEL) + 12;
    List<Legend.Key> keys =
        Contender.COMPARED.stream()
            .map(c -> new Legend.Key(c.word(), Curve.solid(c.colour(), List.of())))
            .toList();
    List<Element> parts = new ArrayList<>(new Legend(keys, 12, 33, width).draw());
    double top = 92;
    double bottom = top;
    int count = 0;
    for (Scores scores : Scores.of(rows)) {
      if (scores.size() > 0) {
        double left = count % 2 == 0 ? LEFT : 2 * LEFT + PANEL;
        top = count % 2 == 0 && count > 0 ? bottom + 42 : top;
        String heading =
            "%s, depth %d, %d sets"
                .formatted(scores.setting().word(), scores.depth(), scores.cells().size());
        Panel panel = new Panel(heading, left, top, PANEL, HEIGHT, ACROSS, UPWARD);
        parts.addAll(panel.draw(marks(scores)));
        bottom = panel.bottom();
        count++;
      }
    }
    String title = "Accuracy that is certified at an l2 distance, mean over the sets, in percent";
    return Svg.file(width, bottom + 10, title, "The tables have the numbers.", parts);
  }

  private static List<Mark> marks(Scores scores) {
    List<Mark> marks = new ArrayList<>();
    for (Contender contender : scores.contenders()) {
      List<Point> points = new ArrayList<>();
      for (Measure measure : Measure.values()) {
        double[] shares = scores.bySet(contender, measure::of);
        points.add(new Point(measure.place(), 100 * Arrays.stream(shares).average().orElseThrow()));
      }
      marks.add(Curve.solid(contender.colour(), points));
      marks.add(new Mark.Dots(contender.colour(), points));
    }
    return marks;
  }
}
