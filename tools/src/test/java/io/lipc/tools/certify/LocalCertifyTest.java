package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Unit;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certify lipschitz <= L on ..;} at the command line: found, written, checked, missed. */
final class LocalCertifyTest extends CommandRun {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = write("net.lip", text("certify lipschitz <= 0.75 on x in [-1, -0.5];"));
  }

  /** Below 0 it is 0.5 x, above it is 8 x. */
  private static String text(String clause) {
    return "network Net(x: real[2] in [-1, 1]) -> real[2] {\n"
        + "  certify lipschitz <= 9;\n  "
        + clause
        + "\n  return x |> scale(8) |> leaky_relu(0.0625);\n}\n";
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private void certify() {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
  }

  @Test
  void a_local_bound_is_written_beside_the_bound_and_verified_with_it() throws Exception {
    certify();
    assertThat(out)
        .contains("local:    0.5")
        .contains(" from l2 to l2, for inputs of [-1.0, -0.5] for each element\n")
        .contains(path("c.local.json") + ", of its local bound\n");
    assertThat(CertificateText.read(Files.readString(Path.of(path("c.local.json")))).claim())
        .isInstanceOfSatisfying(
            Claim.Local.class,
            local -> {
              assertThat(local.bound().bound()).isBetween(0.5, 0.5001);
              assertThat(local.box())
                  .isEqualTo(new Unit.Box(List.of(-1.0, -1.0), List.of(-0.5, -0.5)));
            });
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    assertThat(out)
        .startsWith("accepted: Net is 8")
        .contains("; it is 0.5")
        .contains("-Lipschitz from l2 to l2 for inputs of [-1.0, -0.5] for each element\n");
    assertThat(run("verify", path("c.json"), model.toString(), "--json")).isZero();
    assertThat(out).contains("\"local\": {").contains("\"on\": [").contains("[-1, -0.5]");
    assertThat(run("verify", path("c.local.json"), model.toString()))
        .isEqualTo(ExitCode.INPUT_ERROR);
  }

  @Test
  void the_region_is_part_of_the_claim() throws Exception {
    certify();
    Path other = write("o.lip", text("certify lipschitz <= 0.75 on x in [-1, -0.25];"));
    assertThat(run("verify", path("c.json"), other.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("the model asks for a local bound of at most 0.75 on the declared region");
    Path tight = write("t.lip", text("certify lipschitz <= 0.25 on x in [-1, -0.5];"));
    assertThat(run("verify", path("c.json"), tight.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("the model asks for a local bound of at most 0.25");
  }

  @Test
  void a_local_bound_that_is_not_there_is_missed() throws Exception {
    certify();
    Files.delete(Path.of(path("c.local.json")));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("the model asks for a certificate of its local bound: there is no ");
  }

  @Test
  void a_false_local_bound_is_refused_with_two_inputs_of_the_region() throws Exception {
    Path steep = write("steep.lip", text("certify lipschitz <= 0.75 on x in [0.25, 0.5];"));
    assertThat(run("check", steep.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[local-bound-not-certified] two inputs of the region reach ")
        .contains("above the declared local bound 0.75")
        .contains("the inputs are [0.");
  }

  @Test
  void a_certificate_of_another_box_or_bound_is_rejected() throws Exception {
    certify();
    Path claim = Path.of(path("c.local.json"));
    String text = Files.readString(claim);
    Files.writeString(claim, text.replaceAll("\"bound\": \"[^\"]*\"", "\"bound\": \"0x1.0p-2\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: the certificate of its local bound, ");
    Files.writeString(
        claim, text.replaceFirst("(?s)(\n  \"upper\": \\[\\s*)\"-0x1.0p-1\"", "$1\"0x1.0p0\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
  }

  /** Neither file is taken for the other, whatever it is called. */
  @Test
  void a_local_bound_is_no_bound_for_all_inputs() throws Exception {
    certify();
    String whole = Files.readString(Path.of(path("c.json")));
    String local = Files.readString(Path.of(path("c.local.json")));
    Files.writeString(Path.of(path("c.local.json")), whole);
    assertThat(run("verify", path("c.json"), model.toString())).isNotZero();
    assertThat(out + err).doesNotContain("accepted");
    Files.writeString(Path.of(path("c.json")), local);
    Files.writeString(Path.of(path("c.local.json")), local);
    assertThat(run("verify", path("c.json"), model.toString())).isNotZero();
    assertThat(out + err).doesNotContain("accepted");
    int lower = local.indexOf("\n  \"lower\": [");
    int gains = local.indexOf("\n  \"gains\":");
    Files.writeString(
        Path.of(path("c.json")),
        local.substring(0, lower).replace("/local", "") + local.substring(gains));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: ");
  }

  @Test
  void a_page_has_a_panel_for_it() throws Exception {
    assertThat(run("report", model.toString(), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("Local bound", "For inputs of [-1.0, -0.5] for each element the network is");
  }

  @Test
  void a_local_bound_that_says_no_more_is_loose() throws Exception {
    Path loose = write("loose.lip", text("certify lipschitz <= 9 on box;"));
    assertThat(run("check", loose.toString())).isZero();
    assertThat(out + err).contains("[loose-bound] the proved local bound 8");
  }
}
