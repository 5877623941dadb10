package io.lipc.charts;

import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of a drawing with two axes, in which marks stand. Labels and titles are around it.
 *
 * @param heading what it shows, above it; may be empty
 * @param left where the rectangle begins, in the drawing's pixels, as the three that follow
 */
public record Panel(
    String heading,
    double left,
    double top,
    double width,
    double height,
    Axis across,
    Axis upward) {

  private static final double DOT = 3;

  /** A panel of the usual size without a heading, whose labels begin at the drawing's left side. */
  public static Panel usual(double top, Axis across, Axis upward) {
    return new Panel("", 70, top, 610, 228, across, upward);
  }

  /** The panel alone, as a drawing within a page. */
  public Element drawing(String id, String title, String description, List<? extends Mark> marks) {
    return Svg.drawing(id, left + width + 40, bottom(), title, description).holding(draw(marks));
  }

  /** The panel with its marks, the last one in front. */
  public List<Element> draw(List<? extends Mark> marks) {
    double right = left + width;
    double bottom = top + height;
    List<Element> parts = new ArrayList<>();
    if (!heading.isEmpty()) {
      parts.add(Svg.text("heading", left, top - 10, heading));
    }
    for (Axis.Tick tick : upward.ticks()) {
      double y = y(tick.at());
      if (upward.grid()) {
        parts.add(Svg.line("grid", left, y, right, y));
      }
      parts.add(Svg.text(style(upward) + " end", left - 8, y + 4, tick.label()));
    }
    for (Axis.Tick tick : across.ticks()) {
      double x = x(tick.at());
      if (across.grid()) {
        parts.add(Svg.line("grid", x, top, x, bottom));
      }
      parts.add(below(tick, x, bottom));
    }
    marks.forEach(mark -> parts.addAll(draw(mark)));
    parts.add(Svg.line("axis", left, bottom, right, bottom));
    if (upward.grid()) {
      parts.add(Svg.line("axis", left, top, left, bottom));
    }
    if (!across.title().isEmpty()) {
      parts.add(Svg.text("tick middle", left + width / 2, bottom() - 6, across.title()));
    }
    if (!upward.title().isEmpty()) {
      double x = left - 18 - upward.widest();
      double y = top + height / 2;
      parts.add(Svg.text("tick middle", x, y, upward.title()).with("transform", turned(-90, x, y)));
    }
    return parts;
  }

  /** Where what is below the panel, with its labels, may begin. */
  public double bottom() {
    double labels = isSlanted() ? 26 + 0.75 * across.widest() : 24;
    return top + height + labels + (across.title().isEmpty() ? 0 : 18);
  }

  private double x(double value) {
    return left + across.scale().share(value) * width;
  }

  private double y(double value) {
    return top + height - upward.scale().share(value) * height;
  }

  private static String style(Axis axis) {
    return axis.grid() ? "tick" : "label";
  }

  private static String turned(int degrees, double x, double y) {
    return "rotate(" + degrees + " " + Svg.at(x, y) + ")";
  }

  /** Whether the names along the lower side have no room beside each other. */
  private boolean isSlanted() {
    return !across.grid() && across.widest() * across.ticks().size() > width;
  }

  private Element below(Axis.Tick tick, double x, double bottom) {
    if (!isSlanted()) {
      return Svg.text(style(across) + " middle", x, bottom + 16, tick.label());
    }
    Element text = Svg.text("label end", x + 4, bottom + 14, tick.label());
    return text.with("transform", turned(-50, x + 4, bottom + 14));
  }

  private List<Element> draw(Mark mark) {
    return switch (mark) {
      case Mark.Curve curve -> List.of(Svg.path(Svg.style(curve), steps(curve)));
      case Mark.Rule rule ->
          List.of(Svg.line(Svg.style(rule), x(rule.x()), top, x(rule.x()), top + height));
      case Mark.Dots dots ->
          dots.points().stream()
              .filter(point -> !Double.isNaN(point.y()))
              .map(point -> Svg.circle(Svg.style(dots), x(point.x()), y(point.y()), DOT))
              .toList();
      case Mark.Bar bar -> draw(bar);
    };
  }

  private String steps(Mark.Curve curve) {
    StringBuilder steps = new StringBuilder();
    char step = 'M';
    for (Point point : curve.points()) {
      if (Double.isNaN(point.y())) {
        step = 'M';
      } else {
        steps.append(step).append(Svg.at(x(point.x()), y(point.y())));
        step = 'L';
      }
    }
    return steps.toString();
  }

  private List<Element> draw(Mark.Bar bar) {
    double begin = x(bar.from().x());
    double end = x(bar.to().x());
    double lower = y(bar.from().y());
    double upper = y(bar.to().y());
    double wide = Math.max(1, Math.abs(end - begin));
    double high = Math.max(1, Math.abs(upper - lower));
    Element shape =
        Svg.rectangle(Svg.style(bar), Math.min(begin, end), Math.min(lower, upper), wide, high);
    List<Element> parts = new ArrayList<>();
    parts.add(bar.hint().isEmpty() ? shape : shape.holding(Svg.hint(bar.hint())));
    if (!bar.written().isEmpty()) {
      boolean right = end >= begin;
      double x = right ? begin + wide + 5 : end - 5;
      double y = (lower + upper) / 2 + 4;
      parts.add(Svg.text(right ? "value" : "value end", x, y, bar.written()));
    }
    return parts;
  }
}
