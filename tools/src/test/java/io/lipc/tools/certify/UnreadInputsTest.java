package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import io.lipc.tools.CompiledGate;
import io.lipc.tools.Trained;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file or an option that is given and not read is an error. */
final class UnreadInputsTest extends CommandRun {

  private static final String TEXT =
      """
      network Free(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          parameters ldlt;
          h = x |> dense(2) |> relu;
          y = h |> dense(2);
          return y;
      }
      network Outer(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          return x |> Free |> abs;
      }
      network Given(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          weights "given.safetensors";
          y = x |> dense(2, bias = false);
          return y;
      }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeModel() throws IOException, FormatException {
    Files.writeString(folder.resolve("net.lip"), TEXT);
    write("given.safetensors", matrix("y.weight", 2));
    Tensor bias = Tensor.of("h.bias", ElementType.F32, List.of(2), new double[2]);
    write(
        "huge.safetensors",
        matrix("h.weight", 100),
        bias,
        matrix("y.weight", 100),
        Tensor.of("y.bias", ElementType.F32, List.of(2), new double[2]));
    certify("Free", "free.json");
    certify("Outer", "outer.json");
    certify("Given", "given.json");
  }

  private static Tensor matrix(String name, double diagonal) throws FormatException {
    return Tensor.of(name, ElementType.F32, List.of(2, 2), new double[] {diagonal, 0, 0, diagonal});
  }

  private void write(String name, Tensor... tensors) throws IOException {
    Files.write(folder.resolve(name), Safetensors.write(Weights.of(List.of(tensors))));
  }

  private void certify(String network, String file) {
    run("certify", path("net.lip"), "--network", network, "--certificate", path(file));
    assertThat(folder.resolve(file)).as(out + err).exists();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void assertRefused(String message, String... command) {
    assertThat(run(command)).as(out + err).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(out).isEmpty();
    assertThat(err).isEqualTo("lipc: " + message + "\n");
  }

  /** The true ratio of these weights is 10^4, and the certificate says 3. */
  @Test
  void weights_for_a_certificate_about_all_weights() {
    String message =
        ("--weights %s was not read: %s is about every value of free parameters, so it says nothing"
                + " about these weights; trained weights carry a certificate of their own, and"
                + " `lipc verify %s` checks it")
            .formatted(path("huge.safetensors"), path("free.json"), path("huge.safetensors"));
    assertRefused(message, "verify", path("free.json"), "--weights", path("huge.safetensors"));
    assertRefused(
        message,
        "verify",
        path("free.json"),
        "--weights=" + path("huge.safetensors"),
        "--at-most=3",
        "--json");
  }

  @Test
  void weights_for_a_callee_that_is_about_all_weights() {
    assertThat(run("verify", path("outer.json"))).as(out + err).isEqualTo(ExitCode.PROVED);
    assertThat(run("verify", path("outer.json"), "--weights", path("huge.safetensors")))
        .as(out + err)
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(out).isEmpty();
    assertThat(err).contains("outer.json is about every value of free parameters");
  }

  @Test
  void weights_beside_those_that_the_certificate_names() throws Exception {
    assertThat(run("verify", path("given.json"), "--weights", path("given.safetensors")))
        .as(out + err)
        .isEqualTo(ExitCode.PROVED);
    // Another y.weight beside the one of the certificate.
    assertRefused(
        "--weights %s was not read: every tensor that %s names was found elsewhere; leave the file out, or verify it by itself"
            .formatted(path("huge.safetensors"), path("given.json")),
        "verify",
        path("given.json"),
        "--weights=" + path("given.safetensors"),
        "--weights=" + path("huge.safetensors"));
    // The same numbers twice are read twice.
    Files.copy(folder.resolve("given.safetensors"), folder.resolve("copy.safetensors"));
    assertThat(
            run(
                "verify",
                path("given.json"),
                "--weights=" + path("given.safetensors"),
                "--weights=" + path("copy.safetensors")))
        .as(out + err)
        .isEqualTo(ExitCode.PROVED);
    // Other digests: the answer is about them.
    assertThat(run("verify", path("given.json"), "--weights", path("huge.safetensors")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("rejected: foreign digest: y.weight");
  }

  @Test
  void weights_without_a_tensor_that_the_certificate_names() throws Exception {
    write("other.safetensors", matrix("z.weight", 2));
    assertRefused(
        "--weights %s was not read: it has no tensor y.weight, which the certificate of Given names"
            .formatted(path("other.safetensors")),
        "verify",
        path("given.json"),
        "--weights=" + path("other.safetensors"));
  }

  @Test
  void weights_beside_those_that_a_module_or_a_file_carries() throws Exception {
    CompiledGate module = new CompiledGate(Files.createDirectories(folder.resolve("compiled")));
    for (Path what : List.of(module.classes(), module.jar("app.jar", _ -> true))) {
      assertThat(run("verify", what.toString(), "--weights", path("huge.safetensors")))
          .isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(out).isEmpty();
      assertThat(err).contains("huge.safetensors was not read: every tensor that ");
    }
    Trained trained = new Trained(folder);
    String carried = trained.path("trained.safetensors").toString();
    assertThat(trained.run("verify", carried)).as(trained.err).isEqualTo(ExitCode.PROVED);
    assertThat(trained.run("verify", carried, "--weights", path("huge.safetensors")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(trained.out).isEmpty();
  }

  /** A file of weights whose certificate is true of the weights that the model names instead. */
  @Test
  void weights_that_carry_the_certificate_of_the_weights_of_a_model() throws Exception {
    Trained trained = new Trained(folder);
    trained.model("named.lip", Trained.BODY.formatted("weights \"trained.safetensors\";"));
    assertThat(trained.verify("trained.safetensors", "named.lip")).as(trained.err).isZero();
    trained.carry("alien.safetensors", trained.certificate(), Trained.large(trained.weights()));
    assertThat(trained.verify("alien.safetensors", "named.lip")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(trained.out).startsWith("rejected: ").contains("foreign digest");
  }

  @Test
  void a_name_for_a_model_that_holds_one_network() throws Exception {
    Path model = Path.of(System.getProperty("lipc.root")).resolve("onnx/src/test/resources");
    Files.copy(model.resolve("external/net.onnx"), folder.resolve("net.onnx"));
    Files.copy(model.resolve("external/net.bin"), folder.resolve("net.bin"));
    String message =
        "the model holds one network, net, and none that is called Other; --network is for texts,"
            + " which may hold several";
    assertRefused(message, "certify", path("net.onnx"), "--network", "Other");
    assertRefused(
        message, "export", path("net.onnx"), "--network=Other", "--out=" + path("again.onnx"));
    assertThat(run("certify", path("net.onnx"), "--network", "net")).as(err).isZero();
    assertRefused(
        "--budget is for the search of a bound to declare, and --bound declares 5.0: nothing is"
            + " searched for; leave one of them out",
        "import",
        path("net.onnx"),
        "--bound=5",
        "--budget=1s",
        "--out=" + path("imported.lip"));
  }

  @Test
  void options_of_a_report_that_nothing_reads() throws Exception {
    String page = "--out=" + path("page.html");
    assertRefused(
        "--class-path is for a jar or a folder of classes, and " + path("net.lip") + " is a model",
        "report",
        path("net.lip"),
        page,
        "--class-path=" + folder);
    List<List<String>> tables =
        List.of(
            List.of("--scale=2"),
            List.of("--delimiter=;"),
            List.of("--delimiter=;", "--decimal-comma"),
            List.of("--drop-missing"),
            List.of("--drop-column=2"));
    for (List<String> table : tables) {
      List<String> command = new ArrayList<>(List.of("report", path("net.lip"), page));
      command.addAll(table);
      String first = table.getFirst().replaceAll("=.*", "");
      assertRefused(
          first + " needs --data FILE: where the samples are", command.toArray(String[]::new));
    }
  }

  @Test
  void two_ways_to_choose_rows_for_the_test() throws Exception {
    Files.writeString(folder.resolve("data.csv"), "1,2,a\n3,4,b\n");
    assertRefused(
        "--test-share and --test-every both choose the rows of the test; leave one of them out",
        "train",
        path("net.lip"),
        path("data.csv"),
        "--network=Free",
        "--label-column=3",
        "--test-share=0.5",
        "--test-every=2",
        "--out=" + path("w.safetensors"));
  }

  @Test
  void a_module_says_that_its_classes_were_not_looked_at() throws Exception {
    CompiledGate module = new CompiledGate(Files.createDirectories(folder.resolve("compiled")));
    Path jar = module.jar("app.jar", _ -> true);
    assertThat(run("verify", jar.toString())).isEqualTo(ExitCode.PROVED);
    assertThat(out)
        .endsWith(jar + ": 3 networks, 3 accepted; what its classes compute was not looked at\n");
    assertThat(
            CertificateText.read(Files.readString(folder.resolve("free.json"))).lipschitz().bound())
        .isEqualTo(3);
    assertThat(run(Arrays.asList("verify", path("net.lip")).toArray(String[]::new)))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).doesNotContain("classes");
  }
}
