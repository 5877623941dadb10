package io.lipc.tools.page;

import static io.lipc.tools.page.Markup.element;

import io.lipc.tools.page.LineChart.Curve;
import io.lipc.tools.page.LineChart.Point;
import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A drawing of losses and other figures by epoch, which stands by itself. */
public final class TrainingChart {

  private static final double WIDTH = 720;
  private static final double HEADING = 34;
  private static final double LEGEND = 24;
  private static final double CHART = 300;
  private static final int KEYS = 4;
  private static final double KEY_WIDTH = 155;
  private static final double KEY_HEIGHT = 18;

  /** Colours that can be told apart, on white, by most who confuse some. */
  private static final List<String> COLOURS =
      List.of("#0b5cad", "#b42318", "#1a7f37", "#8a5a00", "#6f42c1", "#57606a");

  private static final String STYLE =
      "text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#1b1f24}"
          + ".tick{font-size:11px;fill:#57606a}.key{font-size:12px}.title{font-size:14px}"
          + ".end{text-anchor:end}.middle{text-anchor:middle}"
          + ".grid{stroke:#d0d7de;stroke-width:1}.axis{stroke:#57606a;stroke-width:1.2}"
          + ".best{stroke:#57606a;stroke-width:1.2;stroke-dasharray:2 3}"
          + ".curve{fill:none;stroke-width:2}";

  private TrainingChart() {}

  /** The quantity of the figures of epochs. */
  public enum Quantity {
    /** Shares of the held-out rows, up to 1. */
    SHARE("held-out rows, %", "shares", 100, "%s %.1f %%"),
    /** Errors on the held-out rows, in the unit of what is predicted. */
    ERROR("error on held-out rows", "errors", 1, "%s %.4g");

    private final String axis;
    private final String id;
    private final double unit;
    private final String format;

    Quantity(String axis, String id, double unit, String format) {
      this.axis = axis;
      this.id = id;
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

    private ChartScale scale(List<Double> values) {
      return switch (this) {
        case SHARE -> ChartScale.linear(0, unit, LineChart.BOTTOM, LineChart.TOP);
        case ERROR -> ChartScale.of(values, LineChart.BOTTOM, LineChart.TOP);
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
    String title = "Training of " + network;
    List<Curve> losses = losses(epochs);
    List<Curve> figures = figures(quantity, epochs);
    Panel above =
        new Panel(
            "losses",
            "loss",
            ChartScale.of(values(losses), LineChart.BOTTOM, LineChart.TOP),
            losses,
            HEADING);
    Panel below =
        new Panel(
            quantity.id, quantity.axis, quantity.scale(values(figures)), figures, above.bottom());
    double height = below.bottom();
    Element drawing =
        Svg.drawing("training", WIDTH, height, title, description(quantity, epochs, best))
            .with("width", WIDTH)
            .with("height", height)
            .holding(element("style").holding(new Markup.Verbatim(STYLE + colours())))
            .holding(
                element("rect").with("width", WIDTH).with("height", height).with("fill", "#ffffff"))
            .holding(Svg.text("title", LineChart.LEFT, 22, title + quantity.heading(units)))
            .holding(draw(above, epochs, best))
            .holding(draw(below, epochs, best));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Markup.render(drawing) + "\n";
  }

  private static String colours() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < COLOURS.size(); i++) {
      rules.append(".c").append(i).append("{stroke:").append(COLOURS.get(i)).append('}');
    }
    return rules.toString();
  }

  private static List<Curve> losses(List<Epoch> epochs) {
    return List.of(
        curve("training rows", 0, epochs, Epoch::trainingLoss),
        curve("held-out rows", 1, epochs, Epoch::heldOutLoss));
  }

  private static List<Curve> figures(Quantity quantity, List<Epoch> epochs) {
    List<Curve> curves = new ArrayList<>();
    for (Figure figure : epochs.getFirst().figures()) {
      int at = curves.size();
      curves.add(
          curve(
              figure.name(), at, epochs, epoch -> quantity.unit * epoch.figures().get(at).value()));
    }
    return curves;
  }

  private static List<Double> values(List<Curve> curves) {
    return curves.stream().flatMap(curve -> curve.points().stream()).map(Point::y).toList();
  }

  private static Curve curve(
      String name, int colour, List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
    return new Curve(
        name,
        "c" + colour % COLOURS.size(),
        LineChart.Shape.LINE,
        epochs.stream().map(e -> new Point(e.number(), value.applyAsDouble(e))).toList());
  }

  /** Curves with their legend, one panel of the drawing. */
  private record Panel(
      String id, String quantity, ChartScale upward, List<Curve> curves, double top) {

    double bottom() {
      return top + legendHeight(curves) + CHART;
    }
  }

  private static Element draw(Panel panel, List<Epoch> epochs, int best) {
    ChartScale across = across(epochs);
    Element chart =
        new LineChart(across, List.of(), panel.upward())
            .draw(
                panel.id(),
                panel.quantity() + " by epoch",
                "The curves are named above.",
                "epoch",
                panel.quantity(),
                panel.curves())
            .with("x", 0)
            .with("y", panel.top() + legendHeight(panel.curves()))
            .with("width", WIDTH)
            .with("height", CHART);
    if (best >= epochs.getFirst().number()) {
      double at = across.at(best);
      chart = chart.holding(Svg.line("best", at, LineChart.TOP, at, LineChart.BOTTOM));
    }
    return element("g").holding(legend(panel.curves(), panel.top())).holding(chart);
  }

  /** At least two epochs wide: one alone has no axis. */
  private static ChartScale across(List<Epoch> epochs) {
    int first = epochs.getFirst().number();
    int last = Math.max(epochs.getLast().number(), first + 1);
    return ChartScale.linear(first, last, LineChart.LEFT, LineChart.RIGHT);
  }

  private static double legendHeight(List<Curve> curves) {
    int lastRow = (curves.size() - 1) / KEYS;
    return LEGEND + KEY_HEIGHT * lastRow;
  }

  private static List<Element> legend(List<Curve> curves, double top) {
    List<Element> keys = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      int row = i / KEYS;
      double x = LineChart.LEFT + KEY_WIDTH * (i % KEYS);
      double y = top + LEGEND / 2 + KEY_HEIGHT * row;
      keys.add(Svg.line("curve " + curves.get(i).style(), x, y, x + 22, y));
      keys.add(Svg.text("key", x + 28, y + 4, curves.get(i).name()));
    }
    return keys;
  }

  private static String description(Quantity quantity, List<Epoch> epochs, int best) {
    Epoch last = epochs.getLast();
    StringBuilder figures = new StringBuilder();
    for (Figure figure : last.figures()) {
      String text =
          String.format(
              Locale.ROOT, quantity.format, figure.name(), quantity.unit * figure.value());
      figures.append(", ").append(text);
    }
    return String.format(
        Locale.ROOT,
        "Epochs %d to %d; the last one: loss %.3f%s. %s",
        epochs.getFirst().number(),
        last.number(),
        last.heldOutLoss(),
        figures,
        best == 0
            ? "No epoch was better than the start."
            : "The weights are those of epoch " + best + ", the dotted line.");
  }
}
