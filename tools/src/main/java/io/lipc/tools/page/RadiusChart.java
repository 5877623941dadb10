package io.lipc.tools.page;

import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Legend;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.charts.Svg;
import io.lipc.model.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A drawing of bounds on boxes around one input, by their radius, which stands by itself. */
public final class RadiusChart {

  /** Radii that differ by more are on a logarithmic axis. */
  private static final double MAX_RATIO = 20;

  private RadiusChart() {}

  /**
   * The least and the largest slope that are known of one box.
   *
   * @param reached the ratio of two of its inputs
   * @param proved the bound; NaN where none is proved
   */
  public record Bracket(double radius, double reached, double proved) {}

  /**
   * An SVG file.
   *
   * @param network its name
   * @param norms between which the bounds are, as in {@code l2 -> l2}
   * @param brackets two or more, by increasing radius
   */
  public static String svg(String network, String norms, List<Bracket> brackets) {
    List<Point> proved = points(brackets, Bracket::proved);
    Mark.Curve bound = Mark.Curve.solid(Colour.BLUE, proved);
    // In front: where both are the same, both are seen.
    Mark.Curve ratio =
        new Mark.Curve(Colour.AMBER, Mark.Stroke.DASHED, points(brackets, Bracket::reached));
    Legend legend =
        Legend.usual(
            34,
            List.of(
                new Legend.Key("proved bound", bound),
                new Legend.Key("reached by two inputs", ratio)));
    List<Double> values =
        brackets.stream().flatMap(one -> Stream.of(one.proved(), one.reached())).toList();
    Panel panel =
        Panel.usual(
            legend.bottom() + 10,
            Axis.of(across(brackets), "radius of the box"),
            Axis.of(Scale.of(values), "bound"));
    List<Mark> marks = List.of(bound, new Mark.Dots(Colour.BLUE, proved), ratio);
    List<Element> parts = new ArrayList<>(legend.draw());
    parts.addAll(panel.draw(marks));
    return Svg.file(
        720,
        panel.bottom() + 6,
        "Bounds of " + network + " by radius, " + norms,
        description(brackets),
        parts);
  }

  private static List<Point> points(List<Bracket> brackets, ToDoubleFunction<Bracket> value) {
    return brackets.stream().map(one -> new Point(one.radius(), value.applyAsDouble(one))).toList();
  }

  /** From 0, or near the first radius where they differ much: curves need no room before it. */
  private static Scale across(List<Bracket> brackets) {
    double first = brackets.getFirst().radius();
    double last = brackets.getLast().radius();
    return first > 0 && last > MAX_RATIO * first
        ? new Scale(true, 0.8 * first, 1.1 * last)
        : Scale.linear(0, 1.05 * last);
  }

  private static String description(List<Bracket> brackets) {
    return "The constant on the box is between the curves. At "
        + words(brackets.getFirst())
        + "; at "
        + words(brackets.getLast())
        + ".";
  }

  private static String words(Bracket one) {
    return "radius "
        + Decimals.plain(one.radius())
        + " inputs reach "
        + Decimals.down(one.reached())
        + (Double.isNaN(one.proved())
            ? ", and no bound is proved"
            : ", and " + Decimals.up(one.proved()) + " is proved");
  }
}
