package io.lipc.tools.page;

import static io.lipc.tools.page.Markup.element;

import io.lipc.tools.page.Markup.Element;

/** Elements of SVG, within HTML. Their colours and fonts are rules of the page's style. */
final class Svg {

  private Svg() {}

  /**
   * A drawing that scales with the page.
   *
   * @param id unique in the page: what names the drawing refers to it
   * @param title what it shows
   * @param description the same in a sentence, for those who do not see it
   */
  static Element drawing(String id, double width, double height, String title, String description) {
    String size = Numbers.coordinate(width) + "px";
    return element("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("role", "img")
        .with("aria-labelledby", id + "-title " + id + "-desc")
        .with("viewBox", "0 0 " + Numbers.coordinate(width) + " " + Numbers.coordinate(height))
        .with("style", "--width:" + size + ";max-width:" + size)
        .holding(element("title").with("id", id + "-title").saying(title))
        .holding(element("desc").with("id", id + "-desc").saying(description));
  }

  static Element group(String style) {
    return element("g").with("class", style);
  }

  static Element rectangle(String style, double x, double y, double width, double height) {
    return element("rect")
        .with("class", style)
        .with("x", x)
        .with("y", y)
        .with("width", width)
        .with("height", height);
  }

  static Element line(String style, double x1, double y1, double x2, double y2) {
    return element("line")
        .with("class", style)
        .with("x1", x1)
        .with("y1", y1)
        .with("x2", x2)
        .with("y2", y2);
  }

  static Element path(String style, String steps) {
    return element("path").with("class", style).with("d", steps);
  }

  /** A text whose baseline begins at a point. */
  static Element text(String style, double x, double y, String text) {
    return element("text").with("class", style).with("x", x).with("y", y).saying(text);
  }

  /** The text that a pointer which rests on an element shows. */
  static Element hint(String text) {
    return element("title").saying(text);
  }

  /** A point in the data of a path. */
  static String at(double x, double y) {
    return Numbers.coordinate(x) + " " + Numbers.coordinate(y);
  }
}
