package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.Method;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.diagnostic.DiagnosticId;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them: exit codes, texts, files. */
final class CommandLineTest extends CommandRun {

  @TempDir private Path folder;

  @BeforeEach
  void writeModel() throws IOException, FormatException {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network Inner(x: real[2] in [-1, 1]) -> real[2] {
            certify lipschitz <= 3;
            weights "net.safetensors";
            y = x |> dense(2) |> relu;
            return y;
        }
        network Outer(x: real[2]) -> real[2] {
            certify lipschitz <= 1.5;
            return x |> Inner |> scale(0.5);
        }
        """);
    writeWeights(2);
  }

  private void writeWeights(double scale) throws IOException, FormatException {
    double[] w = {scale, 0.5 * scale, -0.25 * scale, scale};
    Tensor weight = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), w);
    Tensor bias = Tensor.of("y.bias", ElementType.F32, List.of(2), new double[] {0.25, 0});
    Files.write(
        folder.resolve("net.safetensors"), Safetensors.write(Weights.of(List.of(weight, bias))));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void check_says_what_is_proved() {
    assertThat(run("check", path("net.lip"))).isZero();
    assertThat(out.lines())
        .hasSize(2)
        .allMatch(line -> line.contains("certificate checked"))
        .anyMatch(line -> line.startsWith("Outer: l2 -> l2 Lipschitz bound "));
  }

  @Test
  void check_says_what_is_false_and_leaves_the_pair() throws Exception {
    writeWeights(9);
    assertThat(run("check", path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("net.lip:2:")
        .contains("[lipschitz-bound-violated] declared Lipschitz bound 3.0 is false")
        .contains("Outer calls a network that is refused");
    Files.delete(Path.of("Inner.counterexample.json"));
  }

  @Test
  void imports_are_found_in_the_folder_of_the_text() throws IOException {
    Path control = folder.resolve("net.lip");
    Files.writeString(control, "package demo.control;\n" + Files.readString(control));
    String importing =
        """
        import demo.control.Inner;
        network Half(x: real[2]) -> real[2] {
            certify lipschitz <= 1.5;
            return x |> Inner |> scale(0.5);
        }
        """;
    Files.writeString(folder.resolve("half.lip"), importing);
    assertThat(run("check", path("half.lip"))).as(out).isZero();
    assertThat(out.lines()).hasSize(1).allMatch(line -> line.startsWith("Half: l2 -> l2 "));
    assertThat(run("certify", path("half.lip"), "--out", path("half.json"))).as(out).isZero();
    assertThat(run("verify", path("half.json"), path("half.lip"))).as(out + err).isZero();
    Files.writeString(folder.resolve("half.lip"), importing.replace("control.Inner", "Inner"));
    assertThat(run("check", path("half.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("half.lip:1:8: error: [unknown-name] there is no network `demo.Inner`");
  }

  @Test
  void check_shows_faults_at_their_places() throws IOException {
    Files.writeString(
        folder.resolve("bad.lip"),
        "network N(x: real[4]) -> real[4] {\n    certify lipschitz <= 1;\n    y = x |> rleu;\n"
            + "    return y;\n}\n");
    assertThat(run("check", path("bad.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("bad.lip:3:14: error: [syntax]").contains("did you mean `relu`?");
  }

  @Test
  void check_warns_and_proves_unless_the_warning_is_allowed() throws Exception {
    Path muted = folder.resolve("muted.lip");
    String text =
        "network N(x: real[4]) -> real[4] {\n    certify lipschitz <= 1;\n"
            + "    return x |> scale(0);\n}\n";
    Files.writeString(muted, text);
    assertThat(run("check", muted.toString())).isZero();
    assertThat(out).startsWith("muted.lip:3:17: warning: [dead-layer]").contains("N: l2 -> l2");
    assertThat(run("check", muted.toString(), "--json", "--sarif", path("muted.sarif"))).isZero();
    assertThat(out).contains("\"severity\": \"warning\"", "\"network\": \"N\"").hasLineCount(1);
    assertThat(Json.read(Files.readString(folder.resolve("muted.sarif"))))
        .extracting(Object::toString)
        .asString()
        .contains("dead-layer", "muted.lip");
    for (String allowed :
        List.of(
            text.replace("scale(0);", "scale(0); // lipc:allow loose-bound, dead-layer"),
            text.replace("    return", "    // lipc:allow dead-layer\n    return"))) {
      Files.writeString(muted, allowed);
      assertThat(run("check", muted.toString())).isZero();
      assertThat(out).startsWith("N: l2 -> l2");
    }
    Files.writeString(muted, text.replace("1;", "1; // lipc:allow dead-layer"));
    assertThat(run("check", muted.toString())).isZero();
    assertThat(out).contains("[dead-layer]");
  }

  @Test
  void an_import_that_nothing_calls_is_a_warning() throws Exception {
    String text =
        "package demo;\nimport demo.control.Policy;\nnetwork N(x: real[4]) -> real[4] {\n"
            + "    certify lipschitz <= 1;\n    return x |> relu;\n}\n";
    Path imports = folder.resolve("imports.lip");
    Files.writeString(imports, text);
    assertThat(run("check", imports.toString())).isZero();
    assertThat(out)
        .startsWith("imports.lip:2:8: warning: [unused-import]")
        .contains("demo.N: l2 -> l2");
    Files.writeString(imports, text.replace("Policy;", "Policy; // lipc:allow unused-import"));
    assertThat(run("check", imports.toString())).isZero();
    assertThat(out).startsWith("demo.N: l2 -> l2");
  }

  @Test
  void explain_shows_every_page_and_suggests_ids() {
    for (DiagnosticId id : DiagnosticId.values()) {
      assertThat(run("explain", id.word())).isZero();
      assertThat(out).startsWith("# " + id.word());
    }
    assertThat(run("explain", "loose-bond")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("there is no id `loose-bond`; did you mean `loose-bound`?");
  }

  @Test
  void certify_prints_one_json_object_and_writes_a_certificate_that_verify_accepts()
      throws Exception {
    String certificate = path("outer.json");
    assertThat(run("certify", path("net.lip"), "--json", "--out", certificate)).isZero();
    Map<String, JsonValue> json = ((JsonValue.JsonObject) Json.read(out)).members();
    assertThat(json.keySet())
        .contains(
            "model",
            "norm",
            "upper",
            "lower",
            "method",
            "verified",
            "seconds",
            "certificate",
            "methods");
    double upper = Double.parseDouble(((JsonValue.JsonNumber) json.get("upper")).text());
    double lower = Double.parseDouble(((JsonValue.JsonNumber) json.get("lower")).text());
    assertThat(upper).isLessThanOrEqualTo(1.5).isGreaterThanOrEqualTo(lower);
    assertThat(run("verify", certificate, path("net.lip"))).as(out + err).isZero();
    assertThat(out).startsWith("accepted: Outer is ");
  }

  @Test
  void verify_rejects_other_weights_and_an_altered_bound() throws Exception {
    String certificate = path("inner.json");
    assertThat(run("certify", path("net.lip"), "--network", "Inner", "--out", certificate))
        .isZero();
    String text = Files.readString(Path.of(certificate));
    String altered = text.replaceFirst("\"bound\": ?\"0x[^\"]*\"", "\"bound\": \"0x1.0p1\"");
    assertThat(altered).isNotEqualTo(text);
    Files.writeString(Path.of(path("altered.json")), altered);
    assertThat(run("verify", path("altered.json"), path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: not positive definite");
    writeWeights(1.75);
    assertThat(run("verify", certificate, path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: foreign digest");
  }

  @Test
  void outputs_and_a_bound_are_those_of_one_network_only() {
    assertThat(run("certify", path("net.lip"), "--out", path("o.json"), "--outputs", "0"))
        .as(out + err)
        .isEqualTo(ExitCode.PROVED);
    String one = path("one.json");
    assertThat(run("certify", path("net.lip"), "--network", "Inner", "--outputs=1", "--out", one))
        .as(out + err)
        .isEqualTo(ExitCode.PROVED);
    assertThat(run("verify", one, path("net.lip"))).as(out + err).isEqualTo(ExitCode.PROVED);
    String tight = path("tight.json");
    assertThat(run("certify", path("net.lip"), "--bound", "1.2", "--out", tight))
        .as(out + err)
        .isEqualTo(ExitCode.PROVED);
  }

  @Test
  void outputs_that_are_not_there_are_an_input_error() {
    assertThat(run("certify", path("net.lip"), "--outputs", "0,2")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("there is no output 2; outputs are 0 to 1");
    assertThat(run("certify", path("net.lip"), "--outputs", "1,1")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("output 1 is asked for twice");
  }

  @Test
  void certify_does_not_pass_over_a_fault_elsewhere_in_the_text() throws IOException {
    String text = Files.readString(folder.resolve("net.lip"));
    Files.writeString(
        folder.resolve("faulty.lip"), text + "network Lost(x: real[2]) -> real[2] { retrun x; }");
    assertThat(run("certify", path("faulty.lip"), "--out", path("o.json")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("[syntax]");
  }

  @Test
  void certify_with_a_bound_of_its_own() {
    assertThat(
            run(
                "certify",
                path("net.lip"),
                "--network",
                "Inner",
                "--bound",
                "2.999",
                "--out",
                path("c.json")))
        .isZero();
    assertThat(run("certify", path("net.lip"), "--bound", "-1")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--bound -1.0 is not positive and finite");
  }

  /** Magnitudes in the rows of the matrix add up to 3 and 2.5. */
  @Test
  void certify_between_other_norms_than_the_declared_ones() throws Exception {
    String linf = path("linf.json");
    String[] inner = {"certify", path("net.lip"), "--network", "Inner", "--out", linf};
    assertThat(run(with(inner, "--from", "linf", "--to", "linf", "--json"))).isZero();
    Map<String, JsonValue> json = ((JsonValue.JsonObject) Json.read(out)).members();
    assertThat(json.get("norm")).isEqualTo(new JsonValue.JsonString("linf->linf"));
    assertThat(Double.parseDouble(((JsonValue.JsonNumber) json.get("upper")).text())).isEqualTo(3);
    assertThat(run("verify", linf, path("net.lip"))).as(out + err).isZero();
    assertThat(out).startsWith("accepted: Inner is 3-Lipschitz from linf to linf (");

    assertThat(run(with(inner, "--from", "linf", "--bound", "3.9"))).as(out + err).isZero();
    assertThat(out).startsWith("network:  Inner, linf -> l2\n").contains("answer:   proved");
    assertThat(run("verify", linf, path("net.lip"))).as(out + err).isZero();
    assertThat(out).contains("-Lipschitz from linf to l2 (");

    // From l2, 2.5 is a bound; from linf it is none, and the pair shows it.
    assertThat(run(with(inner, "--bound", "2.5"))).as(out + err).isZero();
    assertThat(run(with(inner, "--bound", "2.5", "--from", "linf"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("Inner, linf -> l2").contains("answer:   false");
    Path pair = Path.of("Inner.counterexample.json");
    assertThat(Files.readString(pair)).contains("linf -> l2");
    Files.delete(pair);
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void a_bound_of_its_own_leaves_the_declared_norms() throws IOException {
    String text = Files.readString(folder.resolve("net.lip"));
    Files.writeString(
        folder.resolve("linf.lip"),
        text.substring(0, text.indexOf("network Outer"))
            .replace("lipschitz <= 3", "lipschitz <= 3 from linf to linf"));
    assertThat(run("certify", path("linf.lip"), "--bound", "3.5", "--out", path("l.json")))
        .as(out + err)
        .isZero();
    assertThat(out).startsWith("network:  Inner, linf -> linf\n");
  }

  @Test
  void a_caller_from_linf_needs_callees_from_linf() {
    assertThat(run("certify", path("net.lip"), "--from", "linf", "--out", path("o.json")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("[norm-mismatch] network `Inner` is bounded from l2 to l2, but called in")
        .contains("bounded from linf to l2");
  }

  @Test
  void wrong_usage_and_wrong_input_exit_with_2() throws IOException {
    assertThat(run("certify")).isEqualTo(2);
    assertThat(run("certify", path("absent.nnet"))).isEqualTo(2);
    assertThat(err).contains("there is no file").doesNotContain("\tat ");
    assertThat(run("certify", path("net.safetensors"))).isEqualTo(2);
    assertThat(run("certify", path("net.lip"), "--method", "magic")).isEqualTo(2);
    assertThat(err)
        .contains("there is no method `magic`; there are auto, norm-product, elementwise-product,");
    assertThat(run("certify", "--help")).isZero();
    for (Method method : Method.askable()) {
      assertThat(out).contains(method.word());
    }
    assertThat(run("certify", path("net.lip"), "--from", "l1")).isEqualTo(2);
    assertThat(err).contains("there is no norm `l1`, only l2 and linf");
    assertThat(run("certify", path("net.lip"), "--budget", "soon")).isEqualTo(2);
    assertThat(err).contains("--budget soon is not a duration, such as 500ms, 5s or 2m");
    Files.writeString(folder.resolve("broken.nnet"), "// nothing\n1,2,\n");
    assertThat(run("certify", path("broken.nnet"))).isEqualTo(2);
    assertThat(err).contains("broken.nnet is not a valid .nnet file").doesNotContain("\tat ");
    Files.writeString(folder.resolve("no.json"), "{");
    assertThat(run("verify", path("no.json"), path("net.lip"))).isEqualTo(2);
    assertThat(err).contains("is not a certificate");
    assertThat(run("explain", "shape-missmatch")).isEqualTo(2);
    assertThat(err).contains("did you mean `shape-mismatch`?");
  }

  @Test
  void help_hides_no_argument_that_is_not_there() {
    assertThat(run("nosuch", "--help")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("'nosuch'");
    assertThat(run("--version", "nosuch")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run("certify", "--nosuch", "--help")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("'--nosuch'").contains("Usage: lipc certify");
    assertThat(run("--help")).isZero();
    assertThat(run("help", "certify")).isZero();
  }

  @Test
  void explain_shows_the_page() {
    assertThat(run("explain", "shape-mismatch")).isZero();
    assertThat(out).startsWith("# shape-mismatch\n");
  }

  @Test
  void explain_without_an_id_lists_all_with_their_first_sentences() {
    assertThat(run("explain")).isZero();
    for (DiagnosticId id : DiagnosticId.values()) {
      assertThat(out.lines())
          .filteredOn(line -> line.startsWith(id.word() + "  "))
          .singleElement()
          .asString()
          .endsWith(".");
    }
    assertThat(out).contains("shape-mismatch                   Shapes do not fit together.\n");
  }

  @Test
  void explain_prints_what_each_pass_makes_of_a_model() {
    assertThat(run("explain", "--ir", path("net.lip"))).isZero();
    assertThat(out)
        .startsWith(
            """
            network Inner (F32)

            layers
              x: input -> 2
              y#1: dense 2 to 2 of x -> 2
              y: relu of y#1 -> 2

            kernels, one by one
            Inner (F32): x[2] -> y[2]
              y#1[2] = y.weight * x[2] + y.bias
              y[2] = relu(y#1[2])

            kernels, activations moved into the products before them
            Inner (F32): x[2] -> y[2]
              y[2] = relu(y.weight * x[2] + y.bias)

            buffers, and the places that they share
              y[2] in place 0

            network Outer (F32)
            """)
        .endsWith("  return#1[2] in place 0\n  return#2[2] in place 0\n");
    assertThat(run("explain", "shape-mismatch", "--ir", path("net.lip")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("explain takes the id of a message, or --ir and a model, not both");
    assertThat(run("explain", "--ir", path("no.lip"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("there is no file");
  }

  @Test
  void verify_says_where_an_altered_list_differs_from_the_model() throws Exception {
    String certificate = path("inner.json");
    assertThat(run("certify", path("net.lip"), "--network", "Inner", "--out", certificate))
        .isZero();
    String text = Files.readString(Path.of(certificate));
    String altered = text.replace("\"relu\"", "\"abs\"");
    assertThat(altered).isNotEqualTo(text);
    Files.writeString(Path.of(path("altered.json")), altered);
    assertThat(run("verify", path("altered.json"), path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("rejected: the certificate is of another network: at `y` the model has ")
        .contains("kind=RELU", "kind=ABS");
    Files.writeString(Path.of(path("altered.json")), text.replace("\"relu\"", "\"rleu\""));
    assertThat(run("verify", path("altered.json"), path("net.lip")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("is not a certificate: no activation `rleu`");
  }

  @Test
  void a_certificate_for_a_missing_folder_says_so() {
    assertThat(run("certify", path("net.lip"), "--out", path("absent/c.json")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("cannot be written: there is no folder").doesNotContain("\tat ");
  }
}
