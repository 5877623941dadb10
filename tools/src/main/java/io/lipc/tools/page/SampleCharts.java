package io.lipc.tools.page;

import io.lipc.certificate.Norms;
import io.lipc.model.Decimals;
import io.lipc.tools.page.LineChart.Curve;
import io.lipc.tools.page.LineChart.Point;
import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Margins, and the share of samples that is right and certified, by radius. */
final class SampleCharts {

  /** Radii are rounded down to so many steps, which keeps pages small. */
  private static final int STEPS = 400;

  private static final int BINS = 30;

  /** Above 0, at least so many radii stand in the table. */
  private static final int LEAST_ROWS = 6;

  private SampleCharts() {}

  static List<Element> of(Samples samples, NetworkReport report, String id) {
    Norms norms = report.norms();
    List<Element> parts = new ArrayList<>(List.of(Html.heading(3, "Data")));
    parts.add(Html.paragraph(sentence(samples, norms) + bounds(report)));
    parts.add(Html.heading(4, "Certified accuracy"));
    double largest = samples.radii().stream().mapToDouble(r -> r).max().orElse(0);
    if (largest > 0) {
      parts.add(Html.drawing(curve(samples, norms, largest, id + "-accuracy")));
      parts.add(table(samples));
    } else {
      parts.add(Html.paragraph("No sample has a certified radius above 0."));
    }
    parts.add(Html.heading(4, "Margins"));
    parts.add(Html.drawing(MarginChart.draw(samples.margins(), BINS, id + "-margins")));
    return parts;
  }

  private static String sentence(Samples samples, Norms norms) {
    int count = samples.margins().size();
    String outside =
        samples.outside() == 0
            ? ""
            : " " + samples.outside() + " lie outside of the declared box: their radius is 0.";
    String error =
        Double.isFinite(samples.maxError())
            ? "no computed logit is further than "
                + Decimals.up(samples.maxError())
                + " from the exact one"
            : "the error of rounding is unknown, so every radius is 0";
    return "Of "
        + count
        + " samples in "
        + samples.file()
        + ", "
        + samples.radii().size()
        + " are classified as labelled ("
        + Numbers.percent(samples.certified(0))
        + "). Within its certified radius, in "
        + norms.toString().split(" ", 2)[0]
        + " and in "
        + samples.unit()
        + ", no input"
        + (samples.boxed() ? " of the declared box" : "")
        + " gets another class. Radii include the rounding of the program at"
        + " both inputs: "
        + error
        + "."
        + outside
        + " Accuracy is about these samples; the certificate does not claim it.";
  }

  private static String bounds(NetworkReport report) {
    return report.pairs().isPresent()
        ? " Radii are by the bounds of pairs above: the lead over each class by that of its own"
            + " pair."
        : "";
  }

  private static Element curve(Samples samples, Norms norms, double largest, String id) {
    double step = largest / STEPS;
    int[] ending = new int[STEPS + 1];
    samples.radii().forEach(r -> ending[(int) Math.floor(r / step)]++);
    List<Point> points = new ArrayList<>();
    int left = samples.radii().size();
    int all = samples.margins().size();
    points.add(new Point(0, 100.0 * left / all));
    for (int k = 0; k <= STEPS; k++) {
      if (ending[k] > 0) {
        left -= ending[k];
        points.add(new Point(k * step, 100.0 * left / all));
      }
    }
    LineChart chart =
        new LineChart(
            ChartScale.linear(0, largest * 1.02, LineChart.LEFT, LineChart.RIGHT),
            List.of(),
            ChartScale.linear(0, 100, LineChart.BOTTOM, LineChart.TOP));
    String norm = norms.toString().split(" ", 2)[0];
    return chart.draw(
        id,
        "Certified accuracy by radius",
        "A falling curve, from "
            + Numbers.percent(samples.certified(0))
            + " at 0 to none beyond "
            + Decimals.up(largest)
            + ". The table below has numbers.",
        "radius in " + norm + ", in " + samples.unit(),
        "certified accuracy in %",
        List.of(new Curve("certified accuracy", "best", LineChart.Shape.STEPS, points)));
  }

  private static Element table(Samples samples) {
    List<List<String>> rows =
        steps(samples.radii()).stream()
            .map(
                radius ->
                    List.of(ChartScale.label(radius), Numbers.percent(samples.certified(radius))))
            .toList();
    return Html.table(
        "Certified accuracy by radius, in " + samples.unit(),
        List.of("#radius", "#certified accuracy"),
        rows);
  }

  /**
   * Round radii from 0 to the one that few samples reach: a single large one among them would leave
   * a table of a hundred per cent at 0 and nothing else.
   *
   * @param radii at least one of them is positive
   */
  static List<Double> steps(List<Double> radii) {
    List<Double> positive = radii.stream().filter(r -> r > 0).sorted().toList();
    double end = positive.get((int) Math.ceil(0.95 * positive.size()) - 1);
    double unit = Math.pow(10, Math.floor(Math.log10(end)) - 1);
    double step =
        DoubleStream.of(10, 5, 2)
            .map(factor -> factor * unit)
            .filter(wide -> end / wide >= LEAST_ROWS)
            .findFirst()
            .orElse(unit);
    return IntStream.rangeClosed(0, (int) Math.floor(end / step))
        .mapToObj(row -> Double.parseDouble(ChartScale.label(row * step)))
        .toList();
  }
}
