package io.lipc.tools.page;

import static io.lipc.tools.page.Markup.element;

import io.lipc.tools.page.LineChart.Curve;
import io.lipc.tools.page.LineChart.Point;
import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How training went: a drawing of losses and accuracies by epoch, which stands by itself. */
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

  /**
   * What an epoch brought, as shares of 1.
   *
   * @param number of the epoch, from 1
   * @param certified by l2 distance
   */
  public record Epoch(
      int number,
      double trainingLoss,
      double heldOutLoss,
      double accuracy,
      SortedMap<Double, Double> certified) {
    public Epoch {
      certified = new TreeMap<>(certified);
    }
  }

  /**
   * An SVG file.
   *
   * @param network its name
   * @param epochs in order, of one run, at least one
   * @param best the epoch whose weights were kept; 0 for none of them
   */
  public static String svg(String network, List<Epoch> epochs, int best) {
    String title = "Training of " + network;
    List<Curve> losses = losses(epochs);
    List<Curve> accuracies = accuracies(epochs);
    double middle = HEADING + legendHeight(losses) + CHART;
    double height = middle + legendHeight(accuracies) + CHART;
    Element drawing =
        Svg.drawing("training", WIDTH, height, title, description(epochs, best))
            .with("width", WIDTH)
            .with("height", height)
            .holding(element("style").holding(new Markup.Verbatim(STYLE + colours())))
            .holding(
                element("rect").with("width", WIDTH).with("height", height).with("fill", "#ffffff"))
            .holding(Svg.text("title", LineChart.LEFT, 22, title + " by epoch"))
            .holding(panel(losses, "loss", epochs, best, HEADING))
            .holding(panel(accuracies, "held-out rows, %", epochs, best, middle));
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

  private static List<Curve> accuracies(List<Epoch> epochs) {
    List<Curve> curves = new ArrayList<>();
    curves.add(curve("accuracy", 0, epochs, epoch -> 100 * epoch.accuracy()));
    for (Double distance : epochs.getFirst().certified().keySet()) {
      curves.add(
          curve(
              "certified at " + distance,
              curves.size(),
              epochs,
              epoch -> 100 * epoch.certified().getOrDefault(distance, 0.0)));
    }
    return curves;
  }

  private static Curve curve(
      String name, int colour, List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
    return new Curve(
        name,
        "c" + colour % COLOURS.size(),
        LineChart.Shape.LINE,
        epochs.stream().map(e -> new Point(e.number(), value.applyAsDouble(e))).toList());
  }

  private static Element panel(
      List<Curve> curves, String quantity, List<Epoch> epochs, int best, double top) {
    ChartScale across = across(epochs);
    List<Double> values = curves.stream().flatMap(c -> c.points().stream()).map(Point::y).toList();
    boolean isShare = quantity.endsWith("%");
    ChartScale upward =
        isShare
            ? ChartScale.linear(0, 100, LineChart.BOTTOM, LineChart.TOP)
            : ChartScale.of(values, LineChart.BOTTOM, LineChart.TOP);
    Element chart =
        new LineChart(across, List.of(), upward)
            .draw(
                isShare ? "shares" : "losses",
                quantity + " by epoch",
                "The curves are named above.",
                "epoch",
                quantity,
                curves)
            .with("x", 0)
            .with("y", top + legendHeight(curves))
            .with("width", WIDTH)
            .with("height", CHART);
    if (best >= epochs.getFirst().number()) {
      double at = across.at(best);
      chart = chart.holding(Svg.line("best", at, LineChart.TOP, at, LineChart.BOTTOM));
    }
    return element("g").holding(legend(curves, top)).holding(chart);
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

  private static String description(List<Epoch> epochs, int best) {
    Epoch last = epochs.getLast();
    StringBuilder certified = new StringBuilder();
    for (Map.Entry<Double, Double> at : last.certified().entrySet()) {
      certified.append(
          String.format(
              Locale.ROOT, ", certified at %s %.1f %%", at.getKey(), 100 * at.getValue()));
    }
    return String.format(
        Locale.ROOT,
        "Epochs %d to %d; the last one: loss %.3f, accuracy %.1f %%%s. %s",
        epochs.getFirst().number(),
        last.number(),
        last.heldOutLoss(),
        100 * last.accuracy(),
        certified,
        best == 0
            ? "No epoch was better than the start."
            : "The weights are those of epoch " + best + ", the dotted line.");
  }
}
