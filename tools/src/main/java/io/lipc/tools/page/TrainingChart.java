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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A drawing of losses and other figures by epoch, which stands by itself. */
public final class TrainingChart {

  private static final List<Colour> COLOURS =
      List.of(Colour.BLUE, Colour.RED, Colour.GREEN, Colour.AMBER, Colour.PURPLE, Colour.GREY);

  private TrainingChart() {}

  /** The quantity of the figures of epochs. */
  public enum Quantity {
    /** Shares of the held-out rows, up to 1. */
    SHARE("held-out rows, %", 100, "%s %.1f %%"),
    /** Errors on the held-out rows, in the unit of what is predicted. */
    ERROR("error on held-out rows", 1, "%s %.4g");

    private final String axis;
    private final double unit;
    private final String format;

    Quantity(String axis, double unit, String format) {
      this.axis = axis;
      this.unit = unit;
      this.format = format;
    }

    /** Errors on the rows as they are have no distance. */
    private String heading(String units) {
      return switch (this) {
        case SHARE -> " by epoch, distances in " + units;
        case ERROR -> " by epoch";
      };
    }

    private Scale scale(List<Double> values) {
      return switch (this) {
        case SHARE -> Scale.linear(0, unit);
        case ERROR -> Scale.of(values);
      };
    }
  }

  /** A figure of an epoch, such as accuracy. */
  public record Figure(String name, double value) {}

  /**
   * The figures of an epoch.
   *
   * @param number of the epoch, from 1
   * @param figures the same names, in the same order, for all epochs
   */
  public record Epoch(int number, double trainingLoss, double heldOutLoss, List<Figure> figures) {
    public Epoch {
      figures = List.copyOf(figures);
    }
  }

  /**
   * An SVG file.
   *
   * @param network its name
   * @param quantity what the figures of all epochs are
   * @param units what distances are counted in, for a sentence
   * @param epochs in order, of one run, at least one
   * @param best the epoch whose weights were kept; 0 for none of them
   */
  public static String svg(
      String network, Quantity quantity, String units, List<Epoch> epochs, int best) {
    List<Series> losses =
        List.of(
            series("training rows", 0, epochs, Epoch::trainingLoss),
            series("held-out rows", 1, epochs, Epoch::heldOutLoss));
    List<Series> figures = new ArrayList<>();
    for (Figure figure : epochs.getFirst().figures()) {
      int at = figures.size();
      figures.add(
          series(figure.name(), at, epochs, e -> quantity.unit * e.figures().get(at).value()));
    }
    List<Element> parts = new ArrayList<>();
    Scale loss = Scale.of(values(losses));
    double middle = draw(parts, 34, losses, epochs, best, Axis.of(loss, "loss"));
    Axis axis = Axis.of(quantity.scale(values(figures)), quantity.axis);
    double bottom = draw(parts, middle + 6, figures, epochs, best, axis);
    String title = "Training of " + network + quantity.heading(units);
    return Svg.file(720, bottom + 6, title, description(quantity, epochs, best), parts);
  }

  private record Series(String name, Mark.Curve curve) {}

  private static Series series(
      String name, int number, List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
    List<Point> points =
        epochs.stream().map(e -> new Point(e.number(), value.applyAsDouble(e))).toList();
    Colour colour = COLOURS.get(number % COLOURS.size());
    return new Series(name, Mark.Curve.solid(colour, points));
  }

  private static List<Double> values(List<Series> all) {
    return all.stream().flatMap(s -> s.curve().points().stream()).map(Point::y).toList();
  }

  /** Adds a panel with its legend, from {@code top}, and returns where the next one may begin. */
  private static double draw(
      List<Element> parts, double top, List<Series> all, List<Epoch> epochs, int best, Axis axis) {
    List<Legend.Key> keys =
        all.stream().map(series -> new Legend.Key(series.name(), series.curve())).toList();
    Legend legend = Legend.usual(top, keys);
    // At least two epochs wide: one alone has no axis.
    int first = epochs.getFirst().number();
    int last = Math.max(epochs.getLast().number(), first + 1);
    Axis across = Axis.of(Scale.linear(first, last), "epoch");
    Panel panel = Panel.usual(legend.bottom() + 10, across, axis);
    List<Mark> marks = new ArrayList<>(all.stream().map(Series::curve).toList());
    if (best >= first) {
      marks.add(new Mark.Rule(Colour.GREY, Mark.Stroke.DOTTED, best));
    }
    parts.addAll(legend.draw());
    parts.addAll(panel.draw(marks));
    return panel.bottom();
  }

  private static String description(Quantity quantity, List<Epoch> epochs, int best) {
    Epoch last = epochs.getLast();
    String figures =
        last.figures().stream()
            .map(
                f ->
                    String.format(
                        Locale.ROOT, quantity.format, f.name(), quantity.unit * f.value()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "Epochs %d to %d; the last one: loss %.3f, %s. %s",
        epochs.getFirst().number(),
        last.number(),
        last.heldOutLoss(),
        figures,
        best == 0
            ? "No epoch was better than the start."
            : "The weights are those of epoch " + best + ", the dotted line.");
  }
}
