package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certify slopes ..;} at the command line: found, written, checked, missed, false. */
final class SlopesCertifyTest extends CommandRun {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = write("net.lip", text("3 in b"));
  }

  /** {@code (-abs(a), 3 b)}. */
  private static String text(String slopes) {
    return "network Net(a: real[1] in [0, 1], b: real[1] in [0, 1]) -> real[2] {\n"
        + "  certify lipschitz <= 4;\n  certify slopes <= "
        + slopes
        + ";\n  c = a |> abs |> scale(-1);\n  d = b |> scale(3);\n  return concat(c, d);\n}\n";
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
  void slopes_are_written_beside_the_bound_and_verified_with_it() throws Exception {
    certify();
    assertThat(out)
        .contains("slopes:   each output moves by at most 1.001 |dx[0]| + 3 |dx[1]|, for inputs")
        .contains(path("c.slopes.json") + ", of the bounds of its single inputs\n");
    assertThat(CertificateText.read(Files.readString(Path.of(path("c.slopes.json")))).claim())
        .isInstanceOfSatisfying(
            Claim.Slopes.class,
            claim -> {
              assertThat(claim.outputs()).containsExactly(0, 1);
              assertThat(claim.slopes().getFirst()).isBetween(1.0, 1 + 1e-9);
              assertThat(claim.slopes().getLast()).isEqualTo(3);
            });
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    assertThat(out)
        .startsWith("accepted: Net is ")
        .contains("; each output moves by at most 1.001 |dx[0]| + 3 |dx[1]| for inputs of [0.0,");
    assertThat(run("verify", path("c.json"), model.toString(), "--json")).isZero();
    assertThat(out).contains("\"slopes\": {").contains("\"exact\": \"0x1.8p1\"");
    assertThat(run("certify", model.toString(), "--json")).isZero();
    assertThat(out).contains("\"slopes\": {").contains("\"outputs\": [");
    assertThat(run("verify", path("c.slopes.json"), model.toString()))
        .isEqualTo(ExitCode.INPUT_ERROR);
  }

  @Test
  void other_slopes_are_another_claim() throws Exception {
    certify();
    for (String other :
        List.of("2.9 in b", "3 in b of y[1]", "0.5 in a, 3 in b", "3 in b on a in [0, 0.5]")) {
      Path asked = write("o.lip", text(other));
      assertThat(run("verify", path("c.json"), asked.toString()))
          .as(other)
          .isEqualTo(ExitCode.NOT_PROVED);
      assertThat(out).contains("the model asks for a bound for each input on the declared region");
    }
    Path weaker = write("o.lip", text("2 in a, 4 in b"));
    assertThat(run("verify", path("c.json"), weaker.toString())).isZero();
  }

  @Test
  void slopes_that_are_not_there_are_missed() throws Exception {
    certify();
    Files.delete(Path.of(path("c.slopes.json")));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains(
            "the model asks for a certificate of the bounds of its single inputs: there is no ");
  }

  @Test
  void a_false_slope_is_refused_with_two_inputs() throws Exception {
    Path wrong = write("wrong.lip", text("2.5 in b"));
    assertThat(run("check", wrong.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[slopes-violated] `y[1]` moves by ")
        .contains(" times as much as `b`, above the declared slope 2.5")
        .contains("the inputs are [");
  }

  @Test
  void a_certificate_of_smaller_slopes_or_another_box_is_rejected() throws Exception {
    certify();
    Path claim = Path.of(path("c.slopes.json"));
    String text = Files.readString(claim);
    Files.writeString(claim, text.replaceFirst("\"0x1.8p1\"\n", "\"0x1.7p1\"\n"));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: the certificate of the bounds of its single inputs, ");
    Files.writeString(
        claim, text.replaceFirst("(?s)(\n  \"lower\": \\[\\s*)\"0x0.0p0\"", "$1\"-0x1.0p0\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
  }

  @Test
  void a_page_has_a_panel_for_them() throws Exception {
    assertThat(run("report", model.toString(), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("Bounds of single inputs", "each output moves by at most 1.001 |dx[0]|");
  }
}
