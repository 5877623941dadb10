package io.lipc.tools.page;

import static io.lipc.charts.Markup.element;

import io.lipc.charts.Markup;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Svg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page that needs nothing beside it: no script, no font, no other file.
 *
 * @param model what was reported on
 * @param version of lipc
 * @param date when the sources were made, as reproducible builds say it
 * @param networks in order
 */
public record ReportPage(
    String model, String version, Optional<String> date, List<NetworkReport> networks) {

  public ReportPage {
    networks = List.copyOf(networks);
  }

  /** The page as HTML that is well-formed XML, in ASCII. */
  public String html() {
    return "<!DOCTYPE html>\n" + Markup.render(page()) + "\n";
  }

  private Element page() {
    return element("html")
        .with("xmlns", "http://www.w3.org/1999/xhtml")
        .with("lang", "en")
        .holding(head(), element("body").holding(header(), sections(), footer()));
  }

  private Element head() {
    return element("head")
        .holding(
            element("meta").with("charset", "utf-8"),
            element("meta")
                .with("http-equiv", "Content-Security-Policy")
                .with("content", "default-src 'none'; style-src 'unsafe-inline'"),
            element("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            element("meta").with("name", "color-scheme").with("content", "light dark"),
            element("title").saying("Lipschitz bounds of " + model),
            element("style").holding(new Markup.Verbatim(Svg.style() + style())));
  }

  private static String style() {
    try (InputStream resource = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Element header() {
    return element("header")
        .holding(Html.heading(1, "Lipschitz bounds of " + model))
        .holding(networks.size() == 1 ? List.of() : List.of(summary()));
  }

  private Element summary() {
    List<List<String>> rows =
        networks.stream()
            .map(
                report ->
                    List.of(
                        report.network(),
                        report.isWithoutBound() ? "-" : report.norms().toString(),
                        Facts.upper(report),
                        brief(Facts.lower(report)),
                        Facts.declared(report),
                        report.verdict(),
                        brief(Facts.kind(report))))
            .toList();
    return Html.table(
        "Networks",
        List.of("network", "norms", "#certified", "#lower", "#declared", "verdict", "kind"),
        rows);
  }

  /** A fact without its reason, which stands in the facts about the network. */
  private static String brief(String fact) {
    return fact.split(":", 2)[0];
  }

  private Element sections() {
    List<Element> sections = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      sections.add(section(networks.get(i), "n" + (i + 1)));
    }
    return element("main").holding(sections);
  }

  private static Element section(NetworkReport report, String id) {
    Element verdict =
        element("p")
            .with("class", "verdict " + report.style())
            .saying("declared bound: " + Facts.declared(report) + ", " + report.verdict());
    if (report.declared().isEmpty() && report.answer() != Answer.REFUSED) {
      verdict =
          element("p")
              .with("class", "verdict " + report.style())
              .saying(
                  "certified bound: "
                      + Facts.upper(report)
                      + report.lacking().map(what -> ", " + what).orElse(""));
    }
    List<Element> parts = new ArrayList<>();
    parts.add(Html.heading(2, report.network()).with("id", id));
    parts.add(verdict);
    report
        .checked()
        .map(checked -> checked.documentation().strip())
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> parts.add(Html.paragraph(text)));
    report
        .messages()
        .forEach(message -> parts.add(element("pre").with("class", "message").saying(message)));
    parts.add(Summary.of(report));
    panels(report, id).stream().filter(panel -> !panel.isEmpty()).forEach(p -> parts.add(panel(p)));
    return element("section").with("aria-labelledby", id).holding(parts);
  }

  /** Elements that stand together; wide screens show two such panels side by side. */
  private static Element panel(List<Element> parts) {
    return element("div").with("class", "part").holding(parts);
  }

  private static List<List<Element>> panels(NetworkReport report, String id) {
    List<List<Element>> panels = new ArrayList<>();
    panels.add(List.of(Facts.claim(report)));
    panels.add(List.of(Facts.table(report)));
    report
        .checked()
        .ifPresent(
            checked ->
                panels.add(
                    List.of(
                        Html.heading(3, "Graph"),
                        Html.drawing(GraphDrawing.draw(id + "-graph", checked)))));
    panels.add(MethodBars.of(report, id + "-bounds"));
    panels.add(OutputTable.of(report));
    panels.add(ClaimPanels.of(report, id));
    report
        .checked()
        .ifPresent(
            checked -> {
              panels.add(LossChart.of(report, checked, id + "-loss"));
              panels.add(LayerTable.of(report, checked));
              panels.add(ConvolutionTable.of(report, checked));
            });
    report.samples().ifPresent(samples -> panels.add(SampleCharts.of(samples, report, id)));
    panels.add(Facts.weights(report));
    return panels;
  }

  private Element footer() {
    String when = date.map(day -> ", of sources from " + day).orElse("");
    return element("footer")
        .holding(
            Html.paragraph(
                "Made by "
                    + version
                    + when
                    + ". Upper bounds are rounded up, lower bounds and radii down."));
  }
}
