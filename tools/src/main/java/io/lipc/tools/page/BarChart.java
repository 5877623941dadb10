package io.lipc.tools.page;

import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers as bars, one below the other.
 *
 * @param bars from the top
 * @param declared a number to hold them against
 */
record BarChart(List<Bar> bars, OptionalDouble declared) {

  private static final double LABELS = 220;
  private static final double PLOT = 400;
  private static final double VALUES = 90;
  private static final double ROW = 26;

  BarChart {
    bars = List.copyOf(bars);
  }

  /**
   * One bar.
   *
   * @param style how it is drawn: {@code upper}, {@code best} or {@code lower}
   * @param written the number, rounded in the direction in which it stays true
   */
  record Bar(String label, double value, String written, String style) {}

  Element draw(String id, String title, String quantity) {
    List<Double> values =
        Stream.concat(bars.stream().map(Bar::value), declared.stream().boxed()).toList();
    ChartScale scale = ChartScale.of(values, LABELS, LABELS + PLOT);
    double bottom = ROW * bars.size() + 8;
    String description =
        bars.stream()
            .map(bar -> bar.label() + " " + bar.written())
            .collect(Collectors.joining("; ", scale.title(quantity) + ": ", "."));
    List<Element> parts = new ArrayList<>();
    for (double tick : scale.ticks()) {
      parts.add(Svg.line("grid", scale.at(tick), 4, scale.at(tick), bottom));
      parts.add(Svg.text("tick middle", scale.at(tick), bottom + 16, ChartScale.label(tick)));
    }
    for (int i = 0; i < bars.size(); i++) {
      parts.addAll(bar(bars.get(i), scale, 6 + i * ROW));
    }
    declared.ifPresent(
        bound -> parts.add(Svg.line("declared", scale.at(bound), 2, scale.at(bound), bottom)));
    parts.add(Svg.line("axis", LABELS, bottom, LABELS + PLOT, bottom));
    parts.add(Svg.text("tick middle", LABELS + PLOT / 2, bottom + 34, scale.title(quantity)));
    return Svg.drawing(id, LABELS + PLOT + VALUES, bottom + 44, title, description).holding(parts);
  }

  private static List<Element> bar(Bar bar, ChartScale scale, double y) {
    double end = scale.at(bar.value());
    double width = Math.max(1, end - LABELS);
    return List.of(
        Svg.text("label end", LABELS - 8, y + 15, bar.label()),
        Svg.rectangle("bar " + bar.style(), LABELS, y + 2, width, ROW - 8),
        Svg.text("value", LABELS + width + 6, y + 15, bar.written()));
  }
}
