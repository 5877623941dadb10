package io.lipc.tools.page;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.MethodReport;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.tools.page.BarChart.Bar;
import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The bound of every method, and the lower bound. */
final class MethodBars {

  private MethodBars() {}

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
    OptionalDouble declared = report.declared();
    BarChart chart = new BarChart(bars, declared);
    parts.add(Html.drawing(chart.draw(id, "Bounds by method", quantity(report))));
    List<List<String>> failures = failures(report);
    if (!failures.isEmpty()) {
      parts.add(Html.table("Methods that proved nothing", List.of("method", "reason"), failures));
    }
    return parts;
  }

  private static String quantity(NetworkReport report) {
    return "Lipschitz bound, " + report.norms();
  }

  private static List<MethodReport> methods(NetworkReport report) {
    return report.evidence().map(Evidence::methods).orElse(List.of());
  }

  private static List<Bar> bars(NetworkReport report) {
    List<Bar> bars = new ArrayList<>();
    Optional<Certificate> best = report.accepted().map(Subject::certificate);
    best.ifPresent(
        found ->
            bars.add(
                new Bar(
                    "certified",
                    found.lipschitz().bound(),
                    Decimals.up(found.lipschitz().bound()),
                    "best")));
    for (MethodReport method : methods(report)) {
      method
          .upper()
          .map(UpperBound::value)
          .ifPresent(bound -> bars.add(new Bar(method.name(), bound, Decimals.up(bound), "upper")));
    }
    if (!report.hasFreeWeights()) {
      report
          .evidence()
          .ifPresent(
              found ->
                  bars.add(
                      new Bar(
                          "lower bound",
                          found.lower().value(),
                          found.lower().toString(),
                          "lower")));
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
