package io.lipc.benchmarks;

import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Legend;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.charts.Svg;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The figures as an SVG: for each case, how many times as fast as pinned ONNX Runtime an engine is,
 * on a logarithmic axis. Bars begin at 1 and go right where an engine is faster. One panel for one
 * thread, one for two.
 */
final class Plot {

  private static final double LABELS = 180;
  private static final double PANEL = 390;
  private static final double GAP = 40;
  private static final double TOP = 84;

  /** The height of a case; one bar takes a fifth of it. */
  private static final double CASE = 56;

  private static final double BAR = 0.2;

  /** Room for the number behind a bar, as a ratio. */
  private static final double MARGIN = 2.5;

  /** A series of bars, of whose engines the fastest is drawn. */
  private record Series(Colour colour, String name, List<Engine> engines) {

    Mark.Bar bar(double row, double speed) {
      Point from = new Point(1, row);
      Point to = new Point(speed, row + 0.9 * BAR);
      return new Mark.Bar(colour, from, to, Numbers.short3(speed), "");
    }
  }

  private static final List<Series> SERIES =
      List.of(
          new Series(Colour.BLUE, "lipc vector", List.of(Engine.LIPC_VECTOR)),
          new Series(Colour.PALE, "lipc scalar", List.of(Engine.LIPC_SCALAR)),
          new Series(Colour.AMBER, "ONNX Runtime as usually called", List.of(Engine.ORT_USUAL)),
          new Series(
              Colour.GREY,
              "naive loops, the faster ones",
              List.of(Engine.NAIVE_OFFSETS, Engine.NAIVE_DOTS)));

  private final Figures figures;
  private final Axis across;

  Plot(Figures figures) {
    this.figures = figures;
    List<Double> speeds = new ArrayList<>(List.of(1.0));
    for (int threads = 1; threads <= 2; threads++) {
      for (Case measured : Case.all(threads)) {
        SERIES.forEach(series -> speed(measured, series).ifPresent(speeds::add));
      }
    }
    double least = Collections.min(speeds) / MARGIN;
    this.across =
        Axis.of(new Scale(true, least, Collections.max(speeds) * MARGIN), "times as fast");
  }

  /** How many times as fast as pinned ONNX Runtime. */
  private Optional<Double> speed(Case measured, Series series) {
    return series.engines().stream()
        .flatMap(engine -> figures.ratio(measured, Engine.ORT_PINNED, engine).stream())
        .max(Double::compare);
  }

  String svg() {
    List<Legend.Key> keys =
        SERIES.stream().map(series -> new Legend.Key(series.name(), series.bar(0, 1))).toList();
    double width = LABELS + 2 * PANEL + GAP + 10;
    List<Element> parts = new ArrayList<>(new Legend(keys, 12, 33, width).draw());
    List<Case> cases = Case.all(1);
    double height = CASE * cases.size();
    Axis labels = Axis.rows(cases.stream().map(Case::label).toList());
    Panel one = new Panel("one thread", LABELS, TOP, PANEL, height, across, labels);
    Axis same = Axis.rows(Collections.nCopies(cases.size(), ""));
    Panel two = new Panel("two threads", LABELS + PANEL + GAP, TOP, PANEL, height, across, same);
    parts.addAll(one.draw(marks(1, one)));
    parts.addAll(two.draw(marks(2, two)));
    String title = "Times as fast as ONNX Runtime with pinned output";
    String description = "Bars for each network and batch size; the tables below have all numbers.";
    return Svg.file(width, one.bottom() + 6, title, description, parts);
  }

  private List<Mark> marks(int threads, Panel panel) {
    List<Mark> marks = new ArrayList<>();
    List<Case> cases = Case.all(threads);
    for (int i = 0; i < cases.size(); i++) {
      double row = i - 0.4;
      for (Series series : SERIES) {
        Optional<Double> speed = speed(cases.get(i), series);
        if (speed.isPresent()) {
          marks.add(series.bar(row, speed.get()));
          row += BAR;
        }
      }
    }
    marks.add(new Mark.Rule(Colour.INK, Mark.Stroke.THIN, 1));
    return marks;
  }
}
