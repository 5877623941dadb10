package io.lipc.tools.page;

import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.model.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Margins, and the share of samples that is right and certified, by radius. */
final class SampleCharts {

  /** Radii are rounded down to so many steps, which keeps pages small. */
  private static final int STEPS = 400;

  private static final int BINS = 30;

  /** The least number of radii above 0 in the table. */
  private static final int LEAST_ROWS = 6;

  private SampleCharts() {}

  static List<Element> of(Samples samples, NetworkReport report, String id) {
    List<Element> parts = new ArrayList<>(List.of(Html.heading(3, "Data")));
    parts.add(Html.paragraph(sentence(samples) + bounds(samples, report)));
    parts.add(Html.heading(4, "Certified accuracy"));
    double largest = samples.radii().stream().mapToDouble(r -> r).max().orElse(0);
    if (largest > 0) {
      parts.add(Html.drawing(curve(samples, largest, id + "-accuracy")));
      parts.add(table(samples));
    } else {
      parts.add(Html.paragraph("No sample has a certified radius above 0."));
    }
    parts.add(Html.heading(4, "Margins"));
    parts.add(Html.drawing(MarginChart.draw(samples.margins(), BINS, id + "-margins")));
    return parts;
  }

  private static String sentence(Samples samples) {
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
        + samples.distance()
        + ", no input"
        + (samples.boxed() ? " of the declared box" : "")
        + " gets another class. Radii include the rounding of the program at"
        + " both inputs: "
        + error
        + "."
        + outside
        + " Accuracy is about these samples; the certificate does not claim it.";
  }

  private static String bounds(Samples samples, NetworkReport report) {
    if (report.accepted().isEmpty()
        || report.accepted().get().certificate().claim().global().isEmpty()) {
      return "";
    }
    RadiusClaim radii = RadiusClaim.of(report.accepted().get(), report.claims());
    if (radii.pairs().isPresent()) {
      return " Radii are by the bounds of pairs above: the lead over each class by that of its own"
          + " pair."
          + samples.medianByBounds().stream()
              .mapToObj(median -> signs(samples.median(), median))
              .findFirst()
              .orElse("");
    }
    return radii.boundsElements() ? "" : " Radii are by the scaled bound above.";
  }

  private static String signs(double median, double byBounds) {
    return " They also use the signs of what units read at a sample: their median is "
        + Decimals.down(median)
        + ", and by the bounds alone it is "
        + Decimals.down(byBounds)
        + ".";
  }

  private static Element curve(Samples samples, double largest, String id) {
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
    Panel panel =
        Panel.usual(
            12,
            Axis.of(Scale.linear(0, largest * 1.02), "radius, " + samples.distance()),
            Axis.of(Scale.linear(0, 100), "certified accuracy in %"));
    String description =
        "A falling curve, from "
            + Numbers.percent(samples.certified(0))
            + " at 0 to none beyond "
            + Decimals.up(largest)
            + ". The table below has numbers.";
    List<Mark> curve = List.of(Mark.Curve.stairs(Colour.BLUE, points));
    return panel.drawing(id, "Certified accuracy by radius", description, curve);
  }

  private static Element table(Samples samples) {
    List<List<String>> rows =
        steps(samples.radii()).stream()
            .map(radius -> List.of(Scale.label(radius), Numbers.percent(samples.certified(radius))))
            .toList();
    return Html.table(
        "Certified accuracy by radius, " + samples.distance(),
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
        .mapToObj(row -> Double.parseDouble(Scale.label(row * step)))
        .toList();
  }
}
