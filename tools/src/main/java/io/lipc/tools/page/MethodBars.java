package io.lipc.tools.page;

import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.MethodReport;
import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.charts.Svg;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bound of every method, and the lower bound. */
final class MethodBars {

  private static final double ROW = 26;

  private MethodBars() {}

  /**
   * One bar.
   *
   * @param written the number, rounded in the direction in which it stays true
   */
  private record Bar(String label, double value, String written, Colour colour) {}

  static List<Element> of(NetworkReport report, String id) {
    List<Bar> bars = bars(report);
    if (bars.isEmpty()) {
      return List.of();
    }
    List<Element> parts = new ArrayList<>(List.of(Html.heading(3, "Bounds")));
    parts.add(
        Html.paragraph(
            "Every upper bound has a certificate that the checker accepted in this run; the first"
                + " bar is the certificate above. Two inputs reach the lower bound: the best bound lies"
                + " between."
                + (report.declared().isPresent()
                    ? " The dashed line is the declared bound."
                    : "")));
    parts.add(Html.drawing(drawing(id, bars, report)));
    List<List<String>> failures = failures(report);
    if (!failures.isEmpty()) {
      parts.add(Html.table("Methods that proved nothing", List.of("method", "reason"), failures));
    }
    return parts;
  }

  private static Element drawing(String id, List<Bar> bars, NetworkReport report) {
    OptionalDouble declared = report.declared();
    List<Double> values =
        Stream.concat(bars.stream().map(Bar::value), declared.stream().boxed()).toList();
    Axis across = Axis.of(Scale.of(values), "Lipschitz bound, " + report.norms());
    Axis rows = Axis.rows(bars.stream().map(Bar::label).toList());
    Panel panel = new Panel("", 220, 4, 400, ROW * bars.size(), across, rows);
    List<Mark> marks = new ArrayList<>();
    for (Bar bar : bars) {
      int row = marks.size();
      Point from = new Point(across.scale().first(), row - 0.35);
      Point to = new Point(bar.value(), row + 0.35);
      marks.add(new Mark.Bar(bar.colour(), from, to, bar.written(), ""));
    }
    declared.ifPresent(bound -> marks.add(new Mark.Rule(Colour.INK, Mark.Stroke.DASHED, bound)));
    String description =
        bars.stream()
            .map(bar -> bar.label() + " " + bar.written())
            .collect(Collectors.joining("; ", across.title() + ": ", "."));
    return Svg.drawing(id, 710, panel.bottom(), "Bounds by method", description)
        .holding(panel.draw(marks));
  }

  private static List<MethodReport> methods(NetworkReport report) {
    return report.evidence().map(Evidence::methods).orElse(List.of());
  }

  private static List<Bar> bars(NetworkReport report) {
    List<Bar> bars = new ArrayList<>();
    report
        .accepted()
        .map(accepted -> accepted.certificate().lipschitz().bound())
        .ifPresent(bound -> bars.add(new Bar("certified", bound, Decimals.up(bound), Colour.BLUE)));
    for (MethodReport method : methods(report)) {
      method
          .upper()
          .map(UpperBound::value)
          .ifPresent(
              bound -> bars.add(new Bar(method.name(), bound, Decimals.up(bound), Colour.PALE)));
    }
    if (!report.hasFreeWeights()) {
      report
          .evidence()
          .map(Evidence::lower)
          .ifPresent(
              lower ->
                  bars.add(new Bar("lower bound", lower.value(), lower.toString(), Colour.GREEN)));
    }
    return bars;
  }

  private static List<List<String>> failures(NetworkReport report) {
    return methods(report).stream()
        .filter(method -> method.failure().isPresent())
        .map(method -> List.of(method.name(), method.failure().orElseThrow()))
        .toList();
  }
}
