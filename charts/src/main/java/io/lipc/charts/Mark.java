package io.lipc.charts;

import java.util.ArrayList;
import java.util.List;

/** A shape that stands for data in a panel. Its points are numbers on the panel's two axes. */
public sealed interface Mark {

  /** Numbers on both axes; NaN in {@code y} says that there is nothing at {@code x}. */
  record Point(double x, double y) {}

  /** How a curve is drawn: classes in {@code charts.css}. */
  enum Stroke {
    SOLID,
    THIN,
    DASHED,
    DOTTED
  }

  /** Points that are joined, in order; a point with NaN interrupts the curve. */
  record Curve(Colour colour, Stroke stroke, List<Point> points) implements Mark {
    public Curve {
      points = List.copyOf(points);
    }

    /** A solid curve. */
    public static Curve solid(Colour colour, List<Point> points) {
      return new Curve(colour, Stroke.SOLID, points);
    }

    /** A solid curve that keeps each value until the next point. */
    public static Curve stairs(Colour colour, List<Point> points) {
      List<Point> corners = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        if (i > 0) {
          corners.add(new Point(points.get(i).x(), points.get(i - 1).y()));
        }
        corners.add(points.get(i));
      }
      return solid(colour, corners);
    }
  }

  /** A line from the lower side of the panel to its upper one. */
  record Rule(Colour colour, Stroke stroke, double x) implements Mark {}

  /** Points that are not joined. */
  record Dots(Colour colour, List<Point> points) implements Mark {
    public Dots {
      points = List.copyOf(points);
    }
  }

  /**
   * A rectangle, which can be seen however small it is.
   *
   * @param from where it begins, along the axis of {@code x}
   * @param to the opposite corner, where its value is
   * @param written its value, beside its end; may be empty
   * @param hint the text that a resting pointer shows; may be empty
   */
  record Bar(Colour colour, Point from, Point to, String written, String hint) implements Mark {}
}
