package io.lipc.benchmarks.uci;

import java.util.Locale;

/** A drawing of lines, points and texts; colours follow the reader's scheme. */
final class Svg {

  private static final String STYLE =
      """
      text { font: 12px system-ui, sans-serif; fill: #24292f; }
      .title { font-size: 15px; font-weight: 600; } .head { font-weight: 600; }
      .tick { font-size: 10px; fill: #57606a; }
      .grid { stroke: #d0d7de; } .zero { stroke: #24292f; } .mean { stroke-width: 2.5; }
      .paper { fill: #ffffff; } .curve { fill: none; stroke-width: 2; }
      .plain { stroke: #8c959f; fill: #8c959f; } .sll { stroke: #24292f; fill: #24292f; }
      .aol { stroke: #bf8700; fill: #bf8700; } .orthogonal { stroke: #1a7f37; fill: #1a7f37; }
      .sandwich { stroke: #8250df; fill: #8250df; } .ldlt-l { stroke: #0550ae; fill: #0550ae; }
      .ldlt-r { stroke: #cf222e; fill: #cf222e; }
      circle { fill-opacity: 0.55; stroke: none; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; } .tick { fill: #9198a1; } .grid { stroke: #3d444d; }
        .zero { stroke: #e6edf3; } .paper { fill: #0d1117; }
        .sll { stroke: #e6edf3; fill: #e6edf3; } .ldlt-l { stroke: #4493f8; fill: #4493f8; }
        .ldlt-r { stroke: #ff7b72; fill: #ff7b72; } .orthogonal { stroke: #3fb950; fill: #3fb950; }
        .aol { stroke: #e3b341; fill: #e3b341; } .sandwich { stroke: #b083f0; fill: #b083f0; }
      }
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  Svg(String title) {
    this.title = title;
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            style,
            x1,
            y1,
            x2,
            y2));
  }

  void circle(String style, double x, double y, double radius) {
    body.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n",
            style,
            x,
            y,
            radius));
  }

  /** A text without signs that mean something in XML. */
  void text(String style, double x, double y, String anchor, String text) {
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

  /** The whole file. */
  String file(int width, int height) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d">
        <title>%3$s</title>
        <style>
        %4$s</style>
        <rect class="paper" width="%1$d" height="%2$d"/>
        <text class="title" x="12" y="22">%3$s</text>
        %5$s</svg>
        """
        .formatted(width, height, title, STYLE, body);
  }
}
