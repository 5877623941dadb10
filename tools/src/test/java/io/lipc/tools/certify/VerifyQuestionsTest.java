package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of {@code lipc verify}, on the files that {@code lipc certify} leaves. */
final class VerifyQuestionsTest extends CommandRun {

  @TempDir private Path folder;

  /** The bound of Inner is 3, exactly, in l2; in linf it is 3 as well, and 1 of output 0 alone. */
  @BeforeEach
  void writeModel() throws IOException, FormatException {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network Inner(x: real[2] in [-1, 1]) -> real[2] {
            certify lipschitz <= 4;
            weights "net.safetensors";
            y = x |> dense(2, bias = false);
            return y;
        }
        network Outer(x: real[2]) -> real[2] {
            certify lipschitz <= 2;
            return x |> Inner |> scale(0.5);
        }
        """);
    Tensor weight =
        Tensor.of("y.weight", ElementType.F32, List.of(2, 2), new double[] {1, 0, 0, 3});
    Files.write(folder.resolve("net.safetensors"), Safetensors.write(Weights.of(List.of(weight))));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int certifyInner(String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "certify", path("net.lip"), "--network", "Inner", "--out", path("i.json")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int verify(String... more) {
    return run(
        Stream.concat(Stream.of("verify", path("i.json"), path("net.lip")), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void a_bound_that_is_not_proved_leaves_nothing_to_be_verified() throws Exception {
    assertThat(certifyInner("--bound", "2.0")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("answer:   false")
        .endsWith(
            "no certificate is written, since --bound 2.0 is not proved;"
                + " --keep-best writes that of 3\n");
    assertThat(folder.resolve("i.json")).doesNotExist();
    assertThat(certifyInner("--bound", "2.0", "--json")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(members(out).get("certificate")).isEqualTo(new JsonValue.JsonNull());
    assertThat(err).endsWith("--keep-best writes that of 3\n");
    Files.delete(Path.of("Inner.counterexample.json"));
  }

  @Test
  void a_tensor_of_another_shape_is_another_model() throws Exception {
    String text = Files.readString(folder.resolve("net.lip"));
    Files.writeString(folder.resolve("net.lip"), text.replace("real[2] in", "real[1, 2] in"));
    assertThat(certifyInner()).isEqualTo(ExitCode.PROVED);
    assertThat(Files.readString(folder.resolve("i.json"))).contains("\"shape\": [1, 2]");
    assertThat(verify()).isEqualTo(ExitCode.PROVED);
    Files.writeString(folder.resolve("net.lip"), text);
    assertThat(verify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("at `x` the model has \"Input[extents=[2]");
  }

  @Test
  void a_declared_bound_that_is_not_proved_leaves_nothing_either() throws Exception {
    String text = Files.readString(folder.resolve("net.lip"));
    Files.writeString(folder.resolve("net.lip"), text.replace("<= 2", "<= 1.25"));
    assertThat(run("certify", path("net.lip"), "--out", path("o.json")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("no certificate is written, since the declared bound is not proved");
    assertThat(folder.resolve("o.json")).doesNotExist();
    assertThat(folder.resolve("Inner.certificate.json")).doesNotExist();
    Files.delete(Path.of("Outer.counterexample.json"));
  }

  @Test
  void the_best_certificate_is_kept_where_that_is_asked_for() throws Exception {
    assertThat(certifyInner("--bound", "2.0", "--keep-best")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("certificate: " + path("i.json")).doesNotContain("no certificate");
    assertThat(verify()).isEqualTo(ExitCode.PROVED);
    assertThat(out).isEqualTo("accepted: Inner is 3-Lipschitz from l2 to l2 (exactly 0x1.8p1)\n");
    assertThat(verify("--at-most", "2.0")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .isEqualTo(
            "not as asked: Inner is 3-Lipschitz from l2 to l2 (exactly 0x1.8p1);"
                + " you asked for a bound of at most 2.0\n");
    Files.delete(Path.of("Inner.counterexample.json"));
  }

  @Test
  void a_bound_is_asked_for_to_the_bit() {
    assertThat(certifyInner()).as(out + err).isZero();
    assertThat(verify("--at-most", "3")).as(out).isEqualTo(ExitCode.PROVED);
    assertThat(verify("--at-most=" + Math.nextDown(3.0))).as(out).isEqualTo(ExitCode.NOT_PROVED);
    for (String none : List.of("0", "-1", "NaN", "Infinity")) {
      assertThat(verify("--at-most=" + none)).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err).contains("is not positive and finite");
    }
  }

  @Test
  void norms_are_asked_for_in_the_words_of_certify() {
    assertThat(certifyInner("--from", "linf", "--to", "linf")).as(out + err).isZero();
    assertThat(verify("--norms", "linf,linf", "--at-most", "3")).as(out).isZero();
    assertThat(verify("--norms", "l2,linf", "--at-most", "2")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .isEqualTo(
            "not as asked: Inner is 3-Lipschitz from linf to linf (exactly 0x1.8p1);"
                + " you asked for a bound of at most 2.0, one from l2 to linf\n");
    assertThat(verify("--norms", "l2")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--norms takes two, that of the inputs and that of the outputs");
    assertThat(verify("--norms", "l2,l1")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("there is no norm `l1`, only l2 and linf");
  }

  @Test
  void a_bound_of_some_outputs_is_none_of_all() {
    assertThat(certifyInner("--outputs", "0")).as(out + err).isZero();
    assertThat(verify()).isZero();
    assertThat(verify("--at-most", "2")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).endsWith("; you asked for one of all outputs\n");
    assertThat(verify("--at-most", "2", "--outputs", "1")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).endsWith("; you asked for one of outputs [1]\n");
    assertThat(verify("--at-most", "2", "--outputs", "0")).as(out).isZero();
    assertThat(certifyInner()).isZero();
    assertThat(verify("--outputs", "0")).isEqualTo(ExitCode.NOT_PROVED);
  }

  @Test
  void a_model_alone_is_held_to_the_certificates_beside_it() throws Exception {
    assertThat(run("certify", path("net.lip"), "--out", path("Outer.certificate.json"))).isZero();
    assertThat(run("verify", path("net.lip"))).as(out + err).isZero();
    assertThat(out)
        .startsWith("accepted: Inner is 3")
        .contains("\naccepted: Outer is ")
        .endsWith("net.lip: 2 networks, 2 accepted\n");
    Files.delete(folder.resolve("Inner.certificate.json"));
    Files.delete(folder.resolve("Outer.certificate.json"));
    assertThat(run("verify", path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith(
            "not decided: Inner: there is no certificate "
                + path("Inner.certificate.json")
                + "; `lipc certify` searches for one\n")
        .endsWith("net.lip: 2 networks, 2 not decided\n");
  }

  @Test
  void options_that_nothing_reads_are_refused() {
    assertThat(certifyInner()).isZero();
    assertThat(verify("--weights", path("net.safetensors"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--weights is for certificates without a model");
    assertThat(verify("--class-path", path("x.jar"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--class-path is for a jar or a folder of classes");
    assertThat(run("verify", path("i.json"), "--weights", path("net.lip")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("net.lip is not a file of weights: ")
        .contains("; a model is the second argument: lipc verify CERTIFICATE MODEL");
  }

  private static Map<String, JsonValue> members(String json) throws FormatException {
    return ((JsonValue.JsonObject) Json.read(json)).members();
  }

  private static Map<String, JsonValue> members(Map<String, JsonValue> json, String name) {
    return ((JsonValue.JsonObject) json.get(name)).members();
  }

  private static JsonValue text(String text) {
    return new JsonValue.JsonString(text);
  }

  @Test
  void json_says_what_is_proved_of_which_numbers() throws Exception {
    String outer = path("o.json");
    assertThat(run("certify", path("net.lip"), "--out", outer)).as(out + err).isZero();
    assertThat(run("verify", outer, path("net.lip"), "--json", "--at-most", "2")).isZero();
    Map<String, JsonValue> json = members(out);
    assertThat(json)
        .containsEntry("version", new JsonValue.JsonNumber("1"))
        .containsEntry("network", text("Outer"))
        .containsEntry("verdict", text("accepted"))
        .containsEntry("reason", new JsonValue.JsonNull())
        .containsEntry("outputs", new JsonValue.JsonNull())
        .containsEntry("free", new JsonValue.JsonBoolean(false));
    double bound = CertificateText.read(Files.readString(Path.of(outer))).lipschitz().bound();
    Map<String, JsonValue> numbers = members(json, "bound");
    assertThat(numbers).containsEntry("exact", text(Double.toHexString(bound)));
    assertThat(Double.parseDouble(((JsonValue.JsonNumber) numbers.get("decimal")).text()))
        .isBetween(bound, bound + 1e-3);
    assertThat(members(json, "norms"))
        .containsEntry("from", text("l2"))
        .containsEntry("to", text("l2"));
    Map<String, JsonValue> digests = members(json, "digests");
    assertThat(digests)
        .containsEntry(
            "certificate", text(Digest.of(Files.readAllBytes(Path.of(outer))).toString()));
    Map<String, JsonValue> inner = members(members(digests, "callees"), "Inner");
    Tensor weight =
        Safetensors.read(folder.resolve("net.safetensors")).tensor("y.weight").orElseThrow();
    assertThat(members(inner, "tensors"))
        .containsExactly(Map.entry("y.weight", text("sha256:" + weight.digest().hex())));
  }

  @Test
  void json_of_what_is_refused_states_no_bound() throws Exception {
    assertThat(certifyInner("--outputs=0")).isZero();
    assertThat(verify("--json", "--at-most", "0.5")).isEqualTo(ExitCode.NOT_PROVED);
    Map<String, JsonValue> json = members(out);
    assertThat(json)
        .containsEntry("verdict", text("not as asked"))
        .containsEntry("outputs", new JsonValue.JsonArray(List.of(new JsonValue.JsonNumber("0"))));
    assertThat(json.get("bound")).isInstanceOf(JsonValue.JsonObject.class);
    Path certificate = folder.resolve("i.json");
    String text = Files.readString(certificate);
    String altered = text.replaceFirst("\"bound\": ?\"0x[^\"]*\"", "\"bound\": \"0x1.0p-1\"");
    assertThat(altered).isNotEqualTo(text);
    Files.writeString(certificate, altered);
    assertThat(verify("--json")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).hasLineCount(1);
    json = members(out);
    assertThat(json)
        .containsEntry("verdict", text("rejected"))
        .containsEntry("bound", new JsonValue.JsonNull());
    assertThat(((JsonValue.JsonString) json.get("reason")).value())
        .startsWith("not positive definite");
  }
}
