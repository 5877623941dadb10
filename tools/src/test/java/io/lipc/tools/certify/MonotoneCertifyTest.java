package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.report.ParsedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certify monotone ..;} at the command line: found, written, checked, missed, false. */
final class MonotoneCertifyTest extends CommandRun {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = write("net.lip", text("increasing in b, decreasing in a of y[0]"));
  }

  /** {@code (-abs(a), b)}. */
  private static String text(String trends) {
    return "network Net(a: real[1] in [0, 1], b: real[1] in [0, 1]) -> real[2] {\n"
        + "  certify lipschitz <= 3;\n  certify monotone "
        + trends
        + ";\n  c = a |> abs |> scale(-1);\n  return concat(c, b);\n}\n";
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private void certify() {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).as(err).isZero();
  }

  @Test
  void trends_are_written_beside_the_bound_and_verified_with_it() throws Exception {
    certify();
    assertThat(out)
        .contains(
            "monotone: increasing in input 1 and decreasing in input 0 for output 0, for inputs of"
                + " [0.0, 1.0] for each element\n")
        .contains(path("c.monotone.json") + ", of its monotone outputs\n");
    assertThat(CertificateText.read(Files.readString(Path.of(path("c.monotone.json")))).claim())
        .isInstanceOfSatisfying(
            Claim.Monotone.class,
            claim ->
                assertThat(claim.trends())
                    .containsExactly(
                        new Claim.Trend(true, List.of(1), List.of(0, 1)),
                        new Claim.Trend(false, List.of(0), List.of(0))));
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    assertThat(out)
        .startsWith("accepted: Net is ")
        .contains(
            "; it is increasing in input 1 and decreasing in input 0 for output 0 for inputs");
    assertThat(run("verify", path("c.json"), model.toString(), "--json")).isZero();
    assertThat(out).contains("\"monotone\": {").contains("\"trend\": \"increasing\"");
    assertThat(run("verify", path("c.monotone.json"), model.toString()))
        .isEqualTo(ExitCode.INPUT_ERROR);
  }

  @Test
  void other_trends_are_another_claim() throws Exception {
    certify();
    for (String other :
        List.of(
            "increasing in b",
            "increasing in b, decreasing in a",
            "increasing in b, decreasing in a of y[0] on a in [0, 0.5]")) {
      Path asked = write("o.lip", text(other));
      assertThat(run("verify", path("c.json"), asked.toString())).isEqualTo(ExitCode.NOT_PROVED);
      assertThat(out).contains("the model asks for a proof of monotonicity on the declared region");
    }
  }

  @Test
  void trends_that_are_not_there_are_missed() throws Exception {
    certify();
    Files.delete(Path.of(path("c.monotone.json")));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("the model asks for a certificate of its monotone outputs: there is no ");
  }

  @Test
  void a_false_trend_is_refused_with_two_inputs() throws Exception {
    Path wrong = write("wrong.lip", text("increasing in a, increasing in b"));
    assertThat(run("check", wrong.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[monotonicity-violated] `y[0]` falls by ")
        .contains(" as `a` rises from ")
        .contains("the inputs are [");
  }

  /**
   * The clauses are proved in the order in which they are declared; the first that fails ends it.
   */
  @Test
  void the_answer_says_which_claims_are_proved() throws Exception {
    String net = text("increasing in a, increasing in b");
    String all =
        net.replace("  certify monotone", "  certify range in [-1, 1];\n  certify monotone");
    assertThat(run("certify", write("all.lip", all).toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("[monotonicity-violated]")
        .contains("answer:   bound proved; range of outputs proved; monotone outputs not proved\n");
    String narrow = all.replace("[-1, 1]", "[-1, 0.5]");
    Path narrowed = write("narrow.lip", narrow);
    assertThat(run("certify", narrowed.toString(), "--out", path("n.json")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains(
            "answer:   bound proved; range of outputs not proved; monotone outputs not tried\n")
        .contains("no certificate is written, since the network is refused");
    assertThat(run("certify", narrowed.toString(), "--json")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("\"answer\": \"proved\"", "\"proved\": false");
    assertThat(run("certify", model.toString())).isZero();
    assertThat(out).contains("answer:   proved\n");
  }

  /** A page whose bound is proved is not one of a network of which all is. */
  @Test
  void a_page_of_a_network_with_a_refused_claim_does_not_say_proved() throws Exception {
    Path wrong = write("wrong.lip", text("increasing in a, increasing in b"));
    assertThat(run("report", wrong.toString(), "--out", path("page.html")))
        .isEqualTo(ExitCode.NOT_PROVED);
    String words = "bound proved; monotone outputs not proved";
    ParsedPage page = ParsedPage.of(Files.readString(Path.of(path("page.html"))));
    assertThat(page.texts("td")).contains(words).doesNotContain("proved");
    assertThat(page.texts("p"))
        .anyMatch(text -> text.startsWith("declared bound: 3") && text.endsWith(", " + words))
        .anyMatch(text -> text.endsWith("right for the task; all else (" + words + ")."));
    assertThat(page.texts("pre")).anyMatch(text -> text.contains("[monotonicity-violated]"));
    assertThat(run("export", wrong.toString(), "--out", path("net.onnx")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("no model is written, since not all that Net declares is proved: " + words);
  }

  @Test
  void a_certificate_of_another_trend_or_box_is_rejected() throws Exception {
    certify();
    Path claim = Path.of(path("c.monotone.json"));
    String text = Files.readString(claim);
    Files.writeString(claim, text.replace("\"decreasing\"", "\"increasing\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: the certificate of its monotone outputs, ");
    Files.writeString(
        claim, text.replaceFirst("(?s)(\n  \"lower\": \\[\\s*)\"0x0.0p0\"", "$1\"-0x1.0p0\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
  }

  @Test
  void a_page_has_a_panel_for_them() throws Exception {
    assertThat(run("report", model.toString(), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("Monotone outputs", "the network is increasing in input 1");
  }
}
