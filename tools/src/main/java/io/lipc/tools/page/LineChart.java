package io.lipc.tools.page;

import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * Curves over one axis.
 *
 * @param across the axis of the points' first numbers
 * @param along their names; empty for numbers
 * @param upward the axis of their second numbers
 */
record LineChart(ChartScale across, List<String> along, ChartScale upward) {

  static final double LEFT = 70;
  static final double RIGHT = 680;
  static final double TOP = 12;
  static final double BOTTOM = 240;

  private static final int LONGEST_NAME = 12;

  LineChart {
    along = List.copyOf(along);
  }

  /** A point of a curve. */
  record Point(double x, double y) {}

  /** The ways to join the points of a curve. */
  enum Shape {
    /** A line that keeps its value until the next point. */
    STEPS,
    /** Points are marked, and joined where their first numbers are neighbours. */
    MARKS,
    /** Points are joined, and too many to be marked. */
    LINE
  }

  /**
   * A curve.
   *
   * @param style how it is drawn
   * @param shape how its points are joined
   */
  record Curve(String name, String style, Shape shape, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  Element draw(
      String id, String title, String description, String x, String y, List<Curve> curves) {
    List<Element> parts = new ArrayList<>();
    for (double tick : upward.ticks()) {
      double at = upward.at(tick);
      parts.add(Svg.line("grid", LEFT, at, RIGHT, at));
      parts.add(Svg.text("tick end", LEFT - 8, at + 4, ChartScale.label(tick)));
    }
    boolean slanted = !along.isEmpty();
    if (slanted) {
      parts.addAll(names());
    } else {
      for (double tick : across.ticks()) {
        parts.add(Svg.line("grid", across.at(tick), TOP, across.at(tick), BOTTOM));
        parts.add(Svg.text("tick middle", across.at(tick), BOTTOM + 18, ChartScale.label(tick)));
      }
    }
    curves.forEach(curve -> parts.addAll(draw(curve)));
    parts.add(Svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM));
    parts.add(Svg.line("axis", LEFT, TOP, LEFT, BOTTOM));
    double below = slanted ? 30 + 5.2 * longestName() : 36;
    parts.add(Svg.text("tick middle", (LEFT + RIGHT) / 2, BOTTOM + below, x));
    double middle = (TOP + BOTTOM) / 2;
    parts.add(
        Svg.text("tick middle", 14, middle, upward.title(y))
            .with("transform", "rotate(-90 14 " + Numbers.coordinate(middle) + ")"));
    return Svg.drawing(id, 720, BOTTOM + below + 12, title, description).holding(parts);
  }

  private int longestName() {
    return along.stream().mapToInt(n -> Labels.fit(n, LONGEST_NAME).length()).max().orElse(0);
  }

  private List<Element> names() {
    List<Element> names = new ArrayList<>();
    for (int i = 0; i < along.size(); i++) {
      String x = Numbers.coordinate(across.at(i) + 4);
      String rotation = "rotate(-50 " + x + " " + Numbers.coordinate(BOTTOM + 14) + ")";
      names.add(
          Svg.text(
                  "tick end", across.at(i) + 4, BOTTOM + 14, Labels.fit(along.get(i), LONGEST_NAME))
              .with("transform", rotation));
    }
    return names;
  }

  private List<Element> draw(Curve curve) {
    List<Element> parts = new ArrayList<>();
    String steps = curve.shape() == Shape.STEPS ? stairs(curve.points()) : lines(curve.points());
    if (!steps.isEmpty()) {
      parts.add(Svg.path("curve " + curve.style(), steps));
    }
    if (curve.shape() == Shape.MARKS) {
      for (Point point : curve.points()) {
        double x = across.at(point.x());
        double y = upward.at(point.y());
        parts.add(Svg.rectangle("mark " + curve.style(), x - 3, y - 3, 6, 6));
      }
    }
    return parts;
  }

  /** Points that are not neighbours are not joined: nothing is known of what lies between. */
  private String lines(List<Point> points) {
    StringBuilder steps = new StringBuilder();
    double last = Double.NEGATIVE_INFINITY;
    for (Point point : points) {
      steps.append(point.x() - last > 1 ? 'M' : 'L');
      steps.append(Svg.at(across.at(point.x()), upward.at(point.y())));
      last = point.x();
    }
    return steps.toString();
  }

  private String stairs(List<Point> points) {
    StringBuilder steps = new StringBuilder();
    double last = 0;
    for (Point point : points) {
      double x = across.at(point.x());
      double y = upward.at(point.y());
      steps.append(steps.isEmpty() ? "M" : "L" + Svg.at(x, last) + "L").append(Svg.at(x, y));
      last = y;
    }
    return steps.toString();
  }
}
