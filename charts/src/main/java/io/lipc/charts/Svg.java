package io.lipc.charts;

import static io.lipc.charts.Markup.element;

import io.lipc.charts.Markup.Element;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Elements of SVG, and the two ways to show them: within a page, and as a file. */
public final class Svg {

  private Svg() {}

  /**
   * A drawing that scales with its page, whose style has to hold the rules of {@link #style()}.
   *
   * @param id unique in the page: what names the drawing refers to it
   * @param title what it shows
   * @param description the same in a sentence, for those who do not see it
   */
  public static Element drawing(
      String id, double width, double height, String title, String description) {
    String size = number(width) + "px";
    return element("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("role", "img")
        .with("aria-labelledby", id + "-title " + id + "-desc")
        .with("viewBox", "0 0 " + number(width) + " " + number(height))
        .with("style", "--width:" + size + ";max-width:" + size)
        .holding(element("title").with("id", id + "-title").saying(title))
        .holding(element("desc").with("id", id + "-desc").saying(description));
  }

  /** A file of its own, with its title at the top, for which 34 pixels are left free. */
  public static String file(
      double width, double height, String title, String description, List<Element> parts) {
    Element drawing =
        drawing("chart", width, height, title, description)
            .with("width", width)
            .with("height", height)
            .holding(element("style").holding(new Markup.Verbatim(style())))
            .holding(rectangle("paper", 0, 0, width, height), text("title", 12, 22, title))
            .holding(parts);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Markup.render(drawing) + "\n";
  }

  /** The colours and fonts of charts, for light paper and for dark. */
  public static String style() {
    try (InputStream rules = Svg.class.getResourceAsStream("charts.css")) {
      return new String(Objects.requireNonNull(rules).readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The classes of a mark in {@link #style()}. */
  static String style(Mark mark) {
    return switch (mark) {
      case Mark.Curve curve -> "curve " + curve.colour() + " " + curve.stroke();
      case Mark.Rule rule -> "curve " + rule.colour() + " " + rule.stroke();
      case Mark.Dots dots -> "dot " + dots.colour();
      case Mark.Bar bar -> "bar " + bar.colour();
    };
  }

  /** A rectangle. */
  public static Element rectangle(String style, double x, double y, double width, double height) {
    return shape("rect", style, List.of("x", "y", "width", "height"), x, y, width, height);
  }

  static Element circle(String style, double x, double y, double radius) {
    return shape("circle", style, List.of("cx", "cy", "r"), x, y, radius);
  }

  static Element line(String style, double x1, double y1, double x2, double y2) {
    return shape("line", style, List.of("x1", "y1", "x2", "y2"), x1, y1, x2, y2);
  }

  private static Element shape(String name, String style, List<String> names, double... numbers) {
    Element shape = element(name).with("class", style);
    for (int i = 0; i < numbers.length; i++) {
      shape = shape.with(names.get(i), numbers[i]);
    }
    return shape;
  }

  public static Element path(String style, String steps) {
    return element("path").with("class", style).with("d", steps);
  }

  /** A text whose baseline begins at a point. */
  public static Element text(String style, double x, double y, String text) {
    return element("text").with("class", style).with("x", x).with("y", y).saying(text);
  }

  /** The text that a pointer which rests on an element shows. */
  public static Element hint(String text) {
    return element("title").saying(text);
  }

  /** A point in the data of a path. */
  public static String at(double x, double y) {
    return number(x) + " " + number(y);
  }

  /** A coordinate, to a tenth. */
  public static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
