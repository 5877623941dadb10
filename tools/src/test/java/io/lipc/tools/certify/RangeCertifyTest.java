package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certify range in [a, b];} at the command line: found, written, checked, missed. */
final class RangeCertifyTest extends CommandRun {

  private static final String CLAIM =
      "its outputs are in [-1, 1] for all inputs of its box (exactly [-0x1.0p0, 0x1.0p0])";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = write("net.lip", text("certify range in [-1, 1];"));
  }

  private static String text(String clause) {
    return "network Net(x: real[2] in [-1, 1]) -> real[2] {\n"
        + "  certify lipschitz <= 2;\n  "
        + clause
        + "\n  return x |> tanh |> scale(0.5);\n}\n";
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_range_is_written_beside_the_bound_and_verified_with_it() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
    assertThat(out)
        .contains("range:    every output is in [-1, 1], for all inputs of the box\n")
        .contains(path("c.range.json") + ", of the range of its outputs\n");
    assertThat(CertificateText.read(Files.readString(Path.of(path("c.range.json")))).claim())
        .isEqualTo(new Claim.Range(-1, 1));
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    assertThat(out).startsWith("accepted: Net is 0.5-Lipschitz ").contains("; " + CLAIM + "\n");
    assertThat(run("verify", path("c.json"), model.toString(), "--json")).isZero();
    assertThat(out).contains("\"range\": [-1, 1]");
    assertThat(run("verify", path("c.range.json"), model.toString()))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("c.range.json is a certificate of the range of outputs of Net, which is checked");
  }

  @Test
  void a_range_that_is_not_there_is_missed() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
    Files.delete(Path.of(path("c.range.json")));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is 0.5-Lipschitz ")
        .contains("the model asks for a certificate of the range of its outputs: there is no ");
  }

  @Test
  void a_wider_range_is_not_what_the_model_asks_for() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
    Path narrow = write("narrow.lip", text("certify range in [-0.75, 1];"));
    assertThat(run("verify", path("c.json"), narrow.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is 0.5-Lipschitz ")
        .contains("the model asks for a range of its outputs in [-0.75, 1.0]");
    Path wide = write("wide.lip", text("certify range in [-2, 1];"));
    assertThat(run("verify", path("c.json"), wide.toString())).isZero();
  }

  @Test
  void a_range_that_is_too_much_work_is_refused() throws Exception {
    Path large =
        write(
            "large.lip",
            "network Large(x: real[3, 224, 224] in [-1, 1]) -> real[3, 224, 224] {\n"
                + "  certify lipschitz <= 2;\n  certify range in [-1, 1];\n"
                + "  return x |> tanh;\n}\n");
    assertThat(run("check", large.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[range-not-proved] network Large: its outputs are not shown to stay in")
        .contains("reason:   too large: more work than its weights justify");
  }

  @Test
  void a_false_range_is_rejected() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
    Path claim = Path.of(path("c.range.json"));
    Files.writeString(
        claim,
        Files.readString(claim).replace("\"upper\": \"0x1.0p0\"", "\"upper\": \"0x1.0p-2\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("rejected: the certificate of the range of its outputs, ")
        .contains("range not proved: output 0 in [");
  }

  @Test
  void a_range_that_is_too_small_is_refused_with_what_is_known() throws Exception {
    Path near = write("near.lip", text("certify range in [-0.3807970779778824, 1];"));
    assertThat(run("check", near.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[range-not-proved] network Net: output 0 is not shown to stay in [-0.38079707")
        .contains("found:    output 0 is only known to lie in [-0.3808, 0.3808], ")
        .contains("2 of the outputs may leave the range");
  }

  @Test
  void a_range_that_an_output_leaves_is_refused_with_the_input() throws Exception {
    Path small = write("small.lip", text("certify range in [-0.25, 1];"));
    assertThat(run("check", small.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[range-violated] network Net: output 0 leaves [-0.25, 1.0]")
        .contains("found:    output 0 is at most -0.3807 at an input of the box")
        .contains("note: the input is [-1.0, 0.0]");
  }

  /** No decimal of few digits is 2^100 or the double nearest to 0.3; and a zero has no sign. */
  @Test
  void ends_are_rounded_outward_and_stand_there_to_the_bit() throws Exception {
    Path wide = write("wide.lip", text("certify range in [-1.2676506002282294E30, 0.7];"));
    assertThat(run("certify", wide.toString(), "--out", path("c.json"), "--json")).isZero();
    String exactly = "[-1267650600228229401496703205376, 0.6999999999999999555910790149937";
    assertThat(out).contains("\"range\": " + exactly);
    assertThat(run("certify", wide.toString(), "--out", path("c.json"))).isZero();
    assertThat(out).contains("every output is in [-1.268e30, 0.7], for all inputs of the box\n");
    assertThat(run("verify", path("c.json"), wide.toString())).isZero();
    assertThat(out)
        .contains("its outputs are in [-1.268e30, 0.7] for all inputs of its box (exactly ")
        .contains("(exactly [-0x1.0p100, 0x1.6666666666666p-1])\n");
    assertThat(run("verify", path("c.json"), wide.toString(), "--json")).isZero();
    assertThat(out).contains("\"range\": " + exactly);
    assertThat(run("report", wide.toString(), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("Every output is in [-1.268e30, 0.7]");
    Path zero =
        write(
            "zero.lip", text("certify range in [-0.0, 1];").replace("tanh |> scale(0.5)", "relu6"));
    assertThat(run("certify", zero.toString(), "--out", path("z.json"))).isZero();
    assertThat(run("verify", path("z.json"), zero.toString())).isZero();
    assertThat(out).contains("in [0, 1] for all inputs of its box (exactly [0x0.0p0, 0x1.0p0])");
  }

  @Test
  void a_page_has_a_panel_for_it() throws Exception {
    assertThat(run("report", model.toString(), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("Range of outputs", "Every output is in [-1, 1]", "certificate of range");
  }
}
