package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.report.ParsedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certify lipschitz <= L per ..;} at the command line: found, written, checked, missed. */
final class ScaledCertifyTest extends CommandRun {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = write("net.lip", text("certify lipschitz <= 0.75 per z;"));
  }

  private static String text(String clause) {
    return "network Net(x: real[2] in [-1, 1]) -> real[2] {\n"
        + "  certify lipschitz <= 8;\n  "
        + clause
        + "\n  z = x |> scale(16);\n  return z |> tanh |> scale(0.5);\n}\n";
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
  void a_scaled_bound_is_written_beside_the_bound_and_verified_with_it() throws Exception {
    certify();
    assertThat(out)
        .contains("scaled:   0.5 from l2 distance in inputs times 16.0 to l2\n")
        .contains(path("c.scaled.json") + ", of its scaled bound\n");
    assertThat(CertificateText.read(Files.readString(Path.of(path("c.scaled.json")))).claim())
        .isInstanceOfSatisfying(
            Claim.Scaled.class,
            scaled -> {
              assertThat(scaled.bound().bound()).isEqualTo(0.5);
              assertThat(scaled.scale()).isEqualTo(new InputScale.FirstLayer());
            });
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    assertThat(out)
        .startsWith("accepted: Net is 8-Lipschitz ")
        .contains("; it is 0.5-Lipschitz from l2 distance in inputs times 16.0 to l2\n");
    assertThat(run("verify", path("c.json"), model.toString(), "--json")).isZero();
    assertThat(out)
        .contains("\"scaled\": {", "\"per\": \"first layer\"")
        .contains("\"distance\": \"l2 distance in inputs times 16.0\"");
    assertThat(run("verify", path("c.scaled.json"), model.toString()))
        .isEqualTo(ExitCode.INPUT_ERROR);
  }

  @Test
  void units_are_part_of_the_claim() throws Exception {
    model = write("units.lip", text("certify lipschitz <= 9 from linf to linf per [1, 0.5];"));
    certify();
    assertThat(out).contains("scaled:   8 from linf distance in units of 1.0, 0.5 to linf\n");
    assertThat(CertificateText.read(Files.readString(Path.of(path("c.scaled.json")))).claim())
        .isInstanceOfSatisfying(
            Claim.Scaled.class,
            scaled ->
                assertThat(scaled.scale()).isEqualTo(new InputScale.Units(List.of(1.0, 0.5))));
    Path other = write("o.lip", text("certify lipschitz <= 9 from linf to linf per [1, 0.25];"));
    assertThat(run("verify", path("c.json"), other.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is 8-Lipschitz ")
        .contains("the model asks for a scaled bound of at most 9.0");
  }

  /** The unit 0.1 is no number of the network's format, and need not be. */
  @Test
  void units_are_doubles_whatever_the_precision_is() throws Exception {
    model = write("tenth.lip", text("certify lipschitz <= 3 per [0.1, 0.3];"));
    certify();
    assertThat(out).contains(" from l2 distance in units of 0.1, 0.3 to l2\n");
  }

  @Test
  void a_scaled_bound_that_is_not_there_is_missed() throws Exception {
    certify();
    Files.delete(Path.of(path("c.scaled.json")));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is 8-Lipschitz ")
        .contains("the model asks for a certificate of its scaled bound: there is no ");
  }

  @Test
  void a_larger_scaled_bound_is_not_what_the_model_asks_for() throws Exception {
    certify();
    Path tight = write("tight.lip", text("certify lipschitz <= 0.25 per z;"));
    assertThat(run("verify", path("c.json"), tight.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is 8-Lipschitz ")
        .contains("the model asks for a scaled bound of at most 0.25");
    assertThat(run("check", tight.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[scaled-not-proved] network Net does not have the scaled bound 0.25")
        .contains("help: declare the bound that is proved, 0.5");
  }

  @Test
  void a_false_scaled_bound_is_rejected() throws Exception {
    certify();
    Path claim = Path.of(path("c.scaled.json"));
    Files.writeString(claim, Files.readString(claim).replace("\"0x1.0p-1\"", "\"0x1.0p-2\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: the certificate of its scaled bound, ");
  }

  @Test
  void a_page_has_a_panel_for_it() throws Exception {
    assertThat(run("report", model.toString(), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("Scaled bound", "Measured in l2 distance in inputs times 16.0");
  }

  @Test
  void the_first_paragraph_of_a_page_says_it_in_its_distance() throws Exception {
    assertThat(firstParagraph())
        .startsWith(
            "Promised: if two inputs are d apart (Euclidean distance), the outputs are at most 8 d"
                + " apart (Euclidean distance); if they are d apart in l2 distance in inputs times"
                + " 16.0, the outputs are at most 0.5 d apart (Euclidean distance). For which");
    model = write("net.lip", text("certify lipschitz <= 9 from linf to linf per [1, 0.5];"));
    assertThat(firstParagraph())
        .contains(
            "; if they are d apart in linf distance in units of 1.0, 0.5, the outputs are at most"
                + " 8 d apart (the largest change of one element). For which");
    model = write("net.lip", text(""));
    assertThat(firstParagraph()).contains(" 8 d apart (Euclidean distance). For which");
  }

  private String firstParagraph() throws Exception {
    assertThat(run("report", model.toString(), "--out", path("page.html"))).isZero();
    return ParsedPage.of(Files.readString(Path.of(path("page.html")))).texts("p").stream()
        .filter(text -> text.startsWith("Promised: "))
        .findFirst()
        .orElseThrow();
  }

  private static final String NAMED =
      """
      network Net(x: real[2] in [-1, 1]) -> real[2] {
        certify lipschitz <= 8;
        certify lipschitz <= 3 per "x.unit";
        certify pairs;
        weights "net.safetensors";
        h = x |> dense(2);
        return h |> tanh;
      }
      """;

  private void weights(double... units) throws Exception {
    Tensor weight =
        Tensor.of("h.weight", ElementType.F32, List.of(2, 2), new double[] {4, 0, 0, 0.5});
    Tensor bias = Tensor.of("h.bias", ElementType.F32, List.of(2), new double[2]);
    Tensor unit = Tensor.of("x.unit", ElementType.F64, List.of(units.length), units);
    Files.write(
        folder.resolve("net.safetensors"),
        Safetensors.write(Weights.of(List.of(weight, bias, unit))));
  }

  /** In units of 0.1 and 4 the factors are 0.4 and 2, so a pair has sqrt(4.16) at most. */
  @Test
  void units_of_a_file_are_compared_with_it() throws Exception {
    model = write("named.lip", NAMED);
    weights(0.1, 4);
    certify();
    assertThat(out)
        .contains("scaled:   2.001 from l2 distance in units of `x.unit` (0.1, 4.0) to l2\n")
        .containsPattern(
            "pairs: +1 in l2 distance in units of `x.unit` \\(0.1, 4.0\\), mean 2.04, largest"
                + " 2.04 \\(outputs 0 and 1\\); sqrt\\(2\\) L is 2.829\n");
    String[] alone = {"verify", path("c.json"), "--weights", path("net.safetensors")};
    assertThat(run("verify", path("c.json"), model.toString())).as(out + err).isZero();
    assertThat(out)
        .contains(" pairs, are at most 2.04")
        .contains("-Lipschitz in l2 distance in units of `x.unit` (0.1, 4.0)\n");
    assertThat(run(alone)).as(out + err).isZero();
    assertThat(run("verify", path("c.json"), model.toString(), "--json")).isZero();
    assertThat(out).contains("\"perTensor\": \"x.unit\"").contains("\"scaled\": true");
    for (double[] other : List.of(new double[] {4, 0.1}, new double[] {0.1, 4, 1}, new double[0])) {
      weights(other);
      assertThat(run(alone)).isEqualTo(ExitCode.NOT_PROVED);
      assertThat(out).contains("rejected: the certificate of its scaled bound, ");
    }
    weights(0.1, Math.nextUp(4.0));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("rejected: the certificate of its scaled bound, ")
        .contains("the units x.unit, which have other numbers");
  }

  @Test
  void a_page_has_pairs_in_the_scale() throws Exception {
    model = write("named.lip", NAMED);
    weights(0.1, 4);
    assertThat(run("report", model.toString(), "--out", path("page.html"))).as(err).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("move in l2 distance in units of `x.unit` (0.1, 4.0). The scaled bound alone");
  }

  /** Pairs of plain differences are not what a model asks for whose radii are in a scale. */
  @Test
  void pairs_of_another_scale_are_missed() throws Exception {
    model = write("named.lip", NAMED);
    weights(0.1, 4);
    Path plain = write("plain.lip", NAMED.replace("certify lipschitz <= 3 per \"x.unit\";", ""));
    assertThat(run("certify", plain.toString(), "--out", path("c.json"))).isZero();
    Files.move(Path.of(path("c.pairs.json")), Path.of(path("plain.pairs.json")));
    certify();
    String scaled = Files.readString(Path.of(path("c.pairs.json")));
    Path claim = Path.of(path("c.scaled.json"));
    String bound = Files.readString(claim);
    Files.delete(claim);
    assertThat(run("verify", path("c.json"), plain.toString())).isEqualTo(ExitCode.NOT_PROVED);
    Files.writeString(claim, bound);
    assertThat(out)
        .contains("rejected: the certificate of the pairs of its outputs, ")
        .contains("missing tensor: the units x.unit");
    Files.move(
        Path.of(path("plain.pairs.json")),
        Path.of(path("c.pairs.json")),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains(
            "the model asks for bounds of pairs in its scale, which the certificate does not");
    Files.writeString(
        Path.of(path("c.pairs.json")),
        scaled.replaceAll("(?s)  \"per\": .*?  \"gains\"", "  \"gains\""));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("rejected: the certificate of the pairs of its outputs, ");
  }
}
