package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.compiler.library.Origin;
import io.lipc.compiler.reading.DeclaredIn;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that claims a range and no Lipschitz bound: nothing may read as if it had one. */
final class RangeAloneTest extends CommandRun {

  private static final String NONE =
      "Net claims no Lipschitz bound; its outputs are in [-1, 1] for all inputs of its box (exactly [-0x1.0p0, 0x1.0p0])";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = write("net.lip", text("certify range in [-1, 1];"));
  }

  private static String text(String clauses) {
    return "network Net(x: real[2] in [-1, 1]) -> real[2] {\n  "
        + clauses
        + "\n  return x |> tanh |> scale(0.5);\n}\n";
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private void certify() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
  }

  @Test
  void it_is_proved_and_its_own_certificate_is_that_of_the_range() throws Exception {
    assertThat(run("check", model.toString())).isZero();
    assertThat(out)
        .isEqualTo(
            "Net: no Lipschitz bound is claimed (certificate checked)\n"
                + "Net: range of outputs: every output is in [-1, 1], for all inputs of the"
                + " box\n");
    certify();
    assertThat(out)
        .startsWith("network:  Net\nanswer:   proved\nbound:    none is claimed\n")
        .contains("range:    every output is in [-1, 1], for all inputs of the box\n")
        .contains("certificate: " + path("c.json") + "\n");
    assertThat(CertificateText.read(Files.readString(Path.of(path("c.json")))).claim())
        .isEqualTo(new Claim.Range(-1, 1));
    assertThat(folder.resolve("c.range.json")).doesNotExist();
    assertThat(run("certify", model.toString(), "--json")).isZero();
    assertThat(out)
        .contains("\"norm\": null", "\"upper\": null", "\"lower\": null", "\"proved\": true")
        .contains("\"range\": [-1, 1]");
  }

  @Test
  void verify_says_that_no_bound_is_claimed() throws Exception {
    certify();
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    assertThat(out).isEqualTo("accepted: " + NONE + "\n");
    assertThat(run("verify", path("c.json"))).isZero();
    assertThat(out).startsWith("accepted: " + NONE + "\n");
    assertThat(run("verify", path("c.json"), model.toString(), "--json")).isZero();
    assertThat(out)
        .contains("\"bound\": null", "\"norms\": null", "\"range\": [-1, 1]")
        .doesNotContain("exact");
  }

  @Test
  void a_bound_that_is_asked_for_is_missing() throws Exception {
    certify();
    assertThat(run("verify", path("c.json"), model.toString(), "--at-most", "1e9"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .isEqualTo("not as asked: " + NONE + "; you asked for a bound of at most 1.0E9\n");
    assertThat(run("verify", path("c.json"), model.toString(), "--norms", "l2,l2"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).isEqualTo("not as asked: " + NONE + "; you asked for one from l2 to l2\n");
  }

  @Test
  void a_model_that_declares_a_bound_is_not_proved_by_it() throws Exception {
    certify();
    Path both = write("both.lip", text("certify lipschitz <= 2;\n  certify range in [-1, 1];"));
    assertThat(run("verify", path("c.json"), both.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: " + NONE + "; the model asks for a certificate of its bound: ");
    Path narrow = write("narrow.lip", text("certify range in [-0.75, 0.75];"));
    assertThat(run("verify", path("c.json"), narrow.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("the model asks for a range of its outputs in [-0.75, 0.75], which the");
    Path bounded = write("bounded.lip", text("certify lipschitz <= 2;"));
    assertThat(run("certify", bounded.toString(), "--out", path("b.json"))).isZero();
    assertThat(run("verify", path("b.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("the model asks for a certificate of the range of its outputs: there is no ");
  }

  @Test
  void in_a_jar_it_stands_for_no_bound() throws Exception {
    Path both = write("both.lip", text("certify lipschitz <= 2;\n  certify range in [-1, 1];"));
    assertThat(run("certify", both.toString(), "--out", path("c.json"))).isZero();
    Path lipc = Files.createDirectories(folder.resolve("classes/META-INF/lipc"));
    origin(lipc, List.of("range"));
    String range = Files.readString(Path.of(path("c.range.json")));
    Files.writeString(lipc.resolve("Net.json"), Files.readString(Path.of(path("c.json"))));
    Files.writeString(lipc.resolve("Net-range.json"), range);
    assertThat(run("verify", path("classes"))).isZero();
    assertThat(run("report", path("classes"), "--out", path("page.html"))).as(err).isZero();

    // The range is taken away: the origin says that it was asked for.
    Files.delete(lipc.resolve("Net-range.json"));
    assertThat(run("verify", path("classes"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(run("report", path("classes"), "--out", path("page.html")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("not all is proved: the module has no certificate of its range");
    Files.writeString(lipc.resolve("Net-range.json"), range);

    // The bound is taken away, and the range left where it was.
    Files.delete(lipc.resolve("Net.json"));
    assertThat(run("verify", path("classes"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("rejected: ").doesNotContain("accepted: ");

    // The range is in the place of the bound, with and without the one beside it.
    Files.writeString(lipc.resolve("Net.json"), range);
    assertThat(run("verify", path("classes"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("a range of another network, or once more");
    Files.delete(lipc.resolve("Net-range.json"));
    assertThat(run("verify", path("classes"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("not as asked: " + NONE + "; the network asks for a certificate of range");

    // This is what a network that declares a range alone looks like.
    origin(lipc, List.of());
    assertThat(run("verify", path("classes"))).isZero();
    assertThat(out).contains("accepted: " + NONE);
    assertThat(run("verify", path("classes"), "--at-most", "2")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(run("report", path("classes"), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("No Lipschitz bound is claimed", "Every output is in [-1, 1]");
  }

  private static void origin(Path lipc, List<String> claims) throws Exception {
    Origin origin =
        new Origin(
            "NetNetwork", "Net", Optional.empty(), true, "", claims, false, DeclaredIn.UNKNOWN);
    Files.writeString(lipc.resolve("Net-origin.json"), origin.toText());
  }

  @Test
  void a_page_says_that_no_bound_is_claimed() throws Exception {
    assertThat(run("report", model.toString(), "--out", path("page.html"))).isZero();
    assertThat(Files.readString(Path.of(path("page.html"))))
        .contains("Range of outputs", "Every output is in [-1, 1]", "certificate of range")
        .contains("No Lipschitz bound is claimed: nothing is said of how far outputs move")
        .doesNotContain("The bound is global", "checker has accepted no certificate");
  }

  @Test
  void what_is_about_a_bound_is_refused() throws Exception {
    assertThat(run("export", model.toString(), "--out", path("net.onnx")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("network Net declares no Lipschitz bound, and the metadata");
    for (String[] option :
        new String[][] {{"--to", "linf"}, {"--outputs", "0"}, {"--method", "lipsdp-layer"}}) {
      assertThat(run("certify", model.toString(), option[0], option[1]))
          .isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err).contains("network Net declares no Lipschitz bound, ").contains("--bound");
    }
    assertThat(run("certify", model.toString(), "--bound", "2")).isZero();
    assertThat(out).contains("bound:    in [").contains("range:    every output is in");
  }

  @Test
  void what_is_not_proved_is_refused() throws Exception {
    Path small = write("small.lip", text("certify range in [-0.25, 1];"));
    assertThat(run("check", small.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err).contains("[range-violated] network Net: output 0 leaves [-0.25, 1.0]");
    Path near = write("near.lip", text("certify range in [-0.3807970779778824, 1];"));
    assertThat(run("check", near.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[range-not-proved] network Net: output 0 is not shown to stay in [-0.38079707")
        .contains("2 of the outputs may leave the range");
  }

  /**
   * The figures of a message have a time of their own: they may show what the search had none for.
   */
  @Test
  void a_search_without_time_says_so() throws Exception {
    Path parts =
        write(
            "parts.lip",
            """
            network Net(x: real[2] in [-1, 1]) -> real[2] {
              certify range in [-0.05, 2.05];
              u = x |> permute([1, 0]);
              s = x + u;
              a = s |> abs;
              r = s |> relu |> scale(-1);
              y = a + r;
              return y;
            }
            """);
    assertThat(run("certify", parts.toString(), "--budget", "1ms")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[range-not-proved] network Net: the search for a proof of the declared range")
        .contains("parts of the box show the range");
    assertThat(run("certify", parts.toString())).isZero();
    assertThat(out).contains("every output is in [-0.05");
  }
}
