package io.lipc.charts;

import io.lipc.charts.Markup.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of series beside samples of their marks, in as many lines as they need.
 *
 * @param width the most that a line takes
 */
public record Legend(List<Key> keys, double left, double top, double width) {

  private static final double LINE = 18;
  private static final double SAMPLE = 22;

  /**
   * One name.
   *
   * @param mark how the series is drawn; its points do not count
   */
  public record Key(String name, Mark mark) {
    private double width() {
      return SAMPLE + 24 + 7 * name.length();
    }
  }

  /** A legend above a {@link Panel#usual} panel. */
  public static Legend usual(double top, List<Key> keys) {
    return new Legend(keys, 70, top, 610);
  }

  public Legend {
    keys = List.copyOf(keys);
  }

  /** The legend as elements. */
  public List<Element> draw() {
    List<Element> parts = new ArrayList<>();
    layOut(parts);
    return parts;
  }

  /** Where the chart below may begin. */
  public double bottom() {
    return layOut(new ArrayList<>());
  }

  private double layOut(List<Element> parts) {
    double x = left;
    double y = top;
    for (Key key : keys) {
      if (x > left && x + key.width() > left + width) {
        x = left;
        y += LINE;
      }
      parts.add(sample(key.mark(), x, y + LINE / 2));
      parts.add(Svg.text("label", x + SAMPLE + 6, y + LINE / 2 + 4, key.name()));
      x += key.width();
    }
    return y + LINE;
  }

  private static Element sample(Mark mark, double x, double y) {
    return switch (mark) {
      case Mark.Curve curve -> Svg.line(Svg.style(curve), x, y, x + SAMPLE, y);
      case Mark.Rule rule -> Svg.line(Svg.style(rule), x, y, x + SAMPLE, y);
      case Mark.Bar bar -> Svg.rectangle(Svg.style(bar), x + SAMPLE - 12, y - 6, 12, 12);
      case Mark.Dots dots -> Svg.circle(Svg.style(dots), x + SAMPLE - 6, y, 3);
    };
  }
}
