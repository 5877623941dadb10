package io.lipc.tools.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lipc.certificate.Norms;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.Method;
import io.lipc.certifier.MethodReport;
import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;
import io.lipc.tools.report.Example;
import io.lipc.tools.report.ParsedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ReportPageTest {

  private static final Path GOLDEN = Path.of("src/test/resources/report/example.html");

  private static String page(NetworkReport... reports) {
    return new ReportPage("n.lip", "lipc 1", Optional.of("1970-01-01T00:00:00Z"), List.of(reports))
        .html();
  }

  @Test
  void the_page_of_a_small_network_is_the_expected_one() throws Exception {
    String actual = page(Example.report("demo.N"));
    String known = Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "";
    if (Boolean.getBoolean("updateGoldens") && !known.equals(actual)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, actual);
      fail("rewrote " + GOLDEN + "; read the difference and run again");
    }
    assertThat(actual).isEqualTo(known);
  }

  @Test
  void the_first_paragraph_says_what_is_promised_for_what_and_what_is_not() throws Exception {
    ParsedPage page = ParsedPage.of(page(Example.report("demo.N")));
    assertThat(page.texts("p"))
        .contains(
            "Promised: if two inputs are d apart (Euclidean distance), the outputs are at most 2.25"
                + " d apart (Euclidean distance). The network gives 66.6 % of the samples of"
                + " data.csv their class. Half of these keep it as long as the input moves by less"
                + " than 0.5, in l2 distance in the table's units, within the declared limits. For"
                + " which inputs: all, also those that nobody has tried: this is proved, not"
                + " measured. What is said of samples is about these samples alone. Not promised:"
                + " that the outputs are right for the task.");
    assertThat(page.texts("text")).contains("radius, l2 distance in the table's units");
    assertThat(page.texts("th")).contains("cat");
  }

  @Test
  void pages_are_well_formed_need_nothing_else_and_name_their_drawings() throws Exception {
    ParsedPage page = ParsedPage.of(page(Example.report("demo.N"), Example.report("demo.M")));
    assertThat(page.all("svg")).hasSize(10);
    assertThat(page.texts("h2")).containsExactly("demo.N", "demo.M");
    assertThat(page.texts("td"))
        .contains("sha256:" + digest())
        .contains("2.25", "1.75", "[0.125, 1]");
    assertThat(page.texts("footer").getFirst()).contains("lipc 1, of sources from 1970-01-01");
  }

  private static String digest() throws Exception {
    return Example.report("demo.N").accepted().orElseThrow().digest().hex();
  }

  @Test
  void names_are_nobodys_to_trust() throws Exception {
    String evil = Example.HOSTILE;
    String html =
        new ReportPage(
                evil,
                evil,
                Optional.of(evil),
                List.of(Example.report(evil, List.of(evil, "h#0", "h", "g", "y"))))
            .html();
    ParsedPage page = ParsedPage.of(html);
    String seen =
        "<script>alert('1')</script>\"&\\u{202e}\\u{7}\\u{d800}\\u{a0}\\u{2007}\\u{3164}\\u{2800}a\\u{301}";
    assertThat(page.texts("h1")).containsExactly("Lipschitz bounds of " + seen);
    assertThat(page.texts("h2")).containsExactly(seen);
    assertThat(page.all("th").stream().map(e -> e.getTextContent())).contains(seen);
  }

  @Test
  void without_a_certificate_nothing_is_claimed_and_no_bound_is_printed() throws Exception {
    NetworkReport whole = Example.report("demo.N");
    NetworkReport refused =
        new NetworkReport(
            "demo.N",
            Norms.EUCLIDEAN,
            OptionalDouble.of(2.5),
            Answer.REFUSED,
            Optional.empty(),
            whole.checked(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of("the checker rejects the certificate: foreign digest: tensor <b>"),
            List.of());
    String html = page(refused);
    ParsedPage page = ParsedPage.of(html);
    assertThat(html)
        .contains("Nothing is claimed", "<strong>Promised: </strong>nothing. The checker")
        .doesNotContain("2.25")
        .doesNotContain("lipc verify");
    assertThat(page.texts("pre")).anyMatch(text -> text.contains("foreign digest: tensor <b>"));
  }

  @Test
  void axes_are_logarithmic_where_bounds_differ_by_more_than_twenty_times() throws Exception {
    NetworkReport whole = Example.report("demo.N");
    PrefixBound steep =
        new PrefixBound(4, Optional.of(new UpperBound(1e6)), Optional.empty(), new LowerBound(0));
    NetworkReport report =
        new NetworkReport(
            whole.network(),
            whole.norms(),
            OptionalDouble.empty(),
            whole.answer(),
            Optional.empty(),
            whole.checked(),
            whole.accepted(),
            whole.evidence(),
            List.of(whole.prefixes().getFirst(), steep),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    assertThat(ParsedPage.of(page(report)).texts("text"))
        .contains("Lipschitz bound, logarithmic scale", "Lipschitz bound, l2 -> l2", "1e6");
  }

  /** The example's certificate is by layerwise-lmi, as is the elimination whose pivots it has. */
  @Test
  void pivots_of_another_elimination_than_the_certificates_are_not_shown() throws Exception {
    NetworkReport own = Example.report("demo.N");
    assertThat(ParsedPage.of(page(own)).texts("th")).contains("pivot");
    Evidence evidence = own.evidence().orElseThrow();
    List<MethodReport> others =
        evidence.methods().stream()
            .filter(method -> method.method() != Method.LAYERWISE_LMI)
            .toList();
    NetworkReport other =
        new NetworkReport(
            own.network(),
            own.norms(),
            own.declared(),
            own.answer(),
            Optional.empty(),
            own.checked(),
            own.accepted(),
            Optional.of(
                new Evidence(
                    others,
                    evidence.lower(),
                    evidence.pair(),
                    evidence.layers(),
                    evidence.blamed())),
            own.prefixes(),
            own.outputs(),
            own.claims(),
            own.pairs(),
            own.samples(),
            own.messages(),
            own.checks());
    ParsedPage page = ParsedPage.of(page(other));
    assertThat(page.texts("th")).contains("l2 norm at most").doesNotContain("pivot");
    assertThat(page.texts("p")).noneMatch(text -> text.contains("pivot"));
  }

  @Test
  void the_table_of_accuracy_has_steps_that_fit_whatever_the_largest_radius_is() {
    List<Double> radii = new ArrayList<>(Collections.nCopies(2, 50.0));
    for (int i = 0; i < 98; i++) {
      radii.add(i * 0.01);
    }
    assertThat(SampleCharts.steps(radii))
        .containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    assertThat(SampleCharts.steps(List.of(0.0, 12.0)))
        .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0);
    assertThat(SampleCharts.steps(List.of(6e-9))).hasSize(7).contains(6e-9);
    assertThat(SampleCharts.steps(List.of(1.0))).hasSize(11).contains(1.0);
  }

  @Test
  void certified_accuracy_falls_with_the_radius() {
    Samples samples =
        new Samples(
            "d",
            "u",
            List.of(1.0, 1.0, -1.0, 2.0),
            List.of(0.5, 0.0, 0.25),
            Optional.empty(),
            0,
            false,
            0);
    assertThat(samples.median()).isEqualTo(0.25);
    assertThat(samples.certified(0)).isEqualTo(0.75);
    assertThat(samples.certified(0.25)).isEqualTo(0.5);
    assertThat(samples.certified(0.251)).isEqualTo(0.25);
    assertThat(samples.certified(0.51)).isZero();
  }
}
