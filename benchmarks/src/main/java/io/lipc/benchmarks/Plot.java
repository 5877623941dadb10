package io.lipc.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The figures as an SVG: for each case, how many times as fast as pinned ONNX Runtime an engine is,
 * on a logarithmic axis. Bars begin at 1 and go right where an engine is faster. One panel for one
 * thread, one for two; colours follow the reader's scheme.
 */
final class Plot {

  private static final int LABELS = 180;
  private static final int PANEL = 390;
  private static final int GAP = 40;
  private static final int TOP = 84;
  private static final int BAR = 10;
  private static final int GROUP = 56;

  /** The most ticks of an axis: more labels would run into each other. */
  private static final int MOST_TICKS = 12;

  /** Room within a panel for the number behind a bar. */
  private static final int MARGIN = 38;

  private static final String STYLE =
      """
      text { font: 12px system-ui, sans-serif; fill: #24292f; }
      .title { font-size: 15px; font-weight: 600; }
      .head { font-weight: 600; }
      .value, .tick { font-size: 10px; fill: #57606a; }
      .grid { stroke: #d0d7de; } .one { stroke: #24292f; }
      .paper { fill: #ffffff; }
      .vector { fill: #0550ae; } .scalar { fill: #54aeff; }
      .usual { fill: #d4843a; } .naive { fill: #8c959f; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; } .value, .tick { fill: #9198a1; }
        .grid { stroke: #3d444d; } .one { stroke: #e6edf3; }
        .paper { fill: #0d1117; }
        .vector { fill: #4493f8; } .scalar { fill: #a5d6ff; }
        .usual { fill: #f0a35e; } .naive { fill: #6e7681; }
      }
      """;

  /**
   * A series of bars: a class of the style sheet, its name, and its engines, of which the fastest
   * is drawn.
   */
  private record Series(String style, String name, List<Engine> engines) {}

  private static final List<Series> SERIES =
      List.of(
          new Series("vector", "lipc vector", List.of(Engine.LIPC_VECTOR)),
          new Series("scalar", "lipc scalar", List.of(Engine.LIPC_SCALAR)),
          new Series("usual", "ONNX Runtime as usually called", List.of(Engine.ORT_USUAL)),
          new Series(
              "naive",
              "naive loops, the faster ones",
              List.of(Engine.NAIVE_OFFSETS, Engine.NAIVE_DOTS)));

  private final Figures figures;
  private final int low;
  private final int high;
  private final StringBuilder body = new StringBuilder();

  Plot(Figures figures) {
    this.figures = figures;
    List<Double> logs = new ArrayList<>(List.of(0.0));
    for (int threads = 1; threads <= 2; threads++) {
      for (Case measured : Case.all(threads)) {
        SERIES.forEach(series -> speed(measured, series).map(Plot::log2).ifPresent(logs::add));
      }
    }
    this.low = (int) Math.floor(logs.stream().min(Double::compare).orElseThrow());
    this.high = (int) Math.ceil(logs.stream().max(Double::compare).orElseThrow());
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** How many times as fast as pinned ONNX Runtime. */
  private Optional<Double> speed(Case measured, Series series) {
    return series.engines().stream()
        .flatMap(engine -> figures.ratio(measured, Engine.ORT_PINNED, engine).stream())
        .max(Double::compare);
  }

  String svg() {
    body.setLength(0);
    int cases = Case.all(1).size();
    int width = LABELS + 2 * PANEL + GAP + 10;
    int height = TOP + cases * GROUP + 30;
    text("title", 12, 22, "start", "Times as fast as ONNX Runtime with pinned output");
    legend();
    for (int i = 0; i < cases; i++) {
      text("", LABELS - 12, TOP + i * GROUP + 26, "end", Case.all(1).get(i).label());
    }
    panel(1, LABELS, "one thread");
    panel(2, LABELS + PANEL + GAP, "two threads");
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d">
        <style>
        %3$s</style>
        <rect class="paper" width="%1$d" height="%2$d"/>
        %4$s</svg>
        """
        .formatted(width, height, STYLE, body);
  }

  private void legend() {
    int x = 12;
    for (Series series : SERIES) {
      rectangle(series.style(), x, 36, 12, 12);
      text("", x + 17, 46, "start", series.name());
      x += 40 + 7 * series.name().length();
    }
  }

  private void panel(int threads, int left, String title) {
    int bottom = TOP + Case.all(threads).size() * GROUP;
    text("head", left, TOP - 12, "start", title);
    int step = Math.ceilDiv(high - low, MOST_TICKS);
    for (int power = -(-low / step) * step; power <= high; power += step) {
      double x = left + at(power);
      line(power == 0 ? "one" : "grid", x, TOP - 4, bottom);
      text("tick", x, bottom + 14, "middle", power < 0 ? "1/" + (1 << -power) : "" + (1 << power));
    }
    List<Case> cases = Case.all(threads);
    for (int i = 0; i < cases.size(); i++) {
      double y = TOP + i * GROUP + 4;
      for (Series series : SERIES) {
        Optional<Double> speed = speed(cases.get(i), series);
        if (speed.isPresent()) {
          bar(series.style(), left, y, speed.get());
          y += BAR + 1;
        }
      }
    }
  }

  /** The place of a power of two within a panel. */
  private double at(double power) {
    return MARGIN + (power - low) / (high - low) * (PANEL - 2 * MARGIN);
  }

  private void bar(String style, int left, double y, double speed) {
    double one = left + at(0);
    double end = left + at(log2(speed));
    rectangle(style, Math.min(one, end), y, Math.max(Math.abs(end - one), 1), BAR);
    boolean right = speed >= 1;
    text("value", right ? end + 3 : end - 3, y + 9, right ? "start" : "end", Numbers.short3(speed));
  }

  private void rectangle(String style, double x, double y, double width, double height) {
    body.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
            style,
            x,
            y,
            width,
            height));
  }

  private void line(String style, double x, double top, double bottom) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%2$.1f\" x2=\"%2$.1f\" y1=\"%3$.1f\" y2=\"%4$.1f\"/>\n",
            style,
            x,
            top,
            bottom));
  }

  private void text(String style, double x, double y, String anchor, String text) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            style,
            x,
            y,
            anchor,
            text));
  }
}
