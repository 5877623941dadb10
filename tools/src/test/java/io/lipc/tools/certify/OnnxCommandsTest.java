package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.Question;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.PairFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on ONNX files: what they do for other models, they do for these. */
final class OnnxCommandsTest extends CommandRun {

  private static final String FINAL = "y";

  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private interface Fields {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] value(String name) throws IOException {
    byte[] extent = message(out -> out.writeInt64(1, 2));
    byte[] shape = message(out -> out.writeByteArray(1, extent));
    byte[] tensor =
        message(
            out -> {
              out.writeInt64(1, 1);
              out.writeByteArray(2, shape);
            });
    byte[] type = message(out -> out.writeByteArray(1, tensor));
    return message(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, type);
        });
  }

  private static byte[] node(String operator, String first, String second, String output)
      throws IOException {
    return message(
        out -> {
          out.writeString(1, first);
          if (!second.isEmpty()) {
            out.writeString(1, second);
          }
          out.writeString(2, output);
          out.writeString(3, "node_" + output);
          out.writeString(4, operator);
        });
  }

  /** {@code last(x W)} with a W of 2 by 2, on vectors of two floats. */
  private void writeModel(String file, String last, float... weights) throws IOException {
    byte[] tensor =
        message(
            out -> {
              out.writeInt64(1, 2);
              out.writeInt64(1, 2);
              out.writeInt64(2, 1);
              for (float weight : weights) {
                out.writeFloat(4, weight);
              }
              out.writeString(8, "w");
            });
    byte[] graph =
        message(
            out -> {
              out.writeByteArray(1, node("MatMul", "x", "w", "h"));
              out.writeByteArray(1, node(last, "h", "", FINAL));
              out.writeByteArray(5, tensor);
              out.writeByteArray(11, value("x"));
              out.writeByteArray(12, value(FINAL));
            });
    byte[] opset = message(out -> out.writeInt64(2, 13));
    Files.write(
        folder.resolve(file),
        message(
            out -> {
              out.writeByteArray(7, graph);
              out.writeByteArray(8, opset);
            }));
  }

  /** A matrix of the least numbers, whose product with itself is summed exactly: ten seconds. */
  private void writeSlowModel(String file) throws IOException {
    byte[] least =
        message(
            out -> {
              out.writeInt64(1, 1);
              out.writeInt64(2, 11);
              out.writeDouble(10, Double.MIN_VALUE);
            });
    byte[] value =
        message(
            out -> {
              out.writeString(1, "value");
              out.writeByteArray(5, least);
              out.writeInt64(20, 4);
            });
    byte[] constant =
        message(
            out -> {
              out.writeString(1, "s");
              out.writeString(2, "a");
              out.writeString(4, "ConstantOfShape");
              out.writeByteArray(5, value);
            });
    byte[] shape =
        message(
            out -> {
              out.writeInt64(1, 2);
              out.writeInt64(2, 7);
              out.writeInt64(7, 128);
              out.writeInt64(7, 128);
              out.writeString(8, "s");
            });
    byte[] graph =
        message(
            out -> {
              out.writeByteArray(1, constant);
              out.writeByteArray(1, node("MatMul", "a", "a", "b"));
              out.writeByteArray(1, node("Relu", "x", "", FINAL));
              out.writeByteArray(5, shape);
              out.writeByteArray(11, value("x"));
              out.writeByteArray(12, value(FINAL));
            });
    byte[] opset = message(out -> out.writeInt64(2, 13));
    Files.write(
        folder.resolve(file),
        message(
            out -> {
              out.writeByteArray(7, graph);
              out.writeByteArray(8, opset);
            }));
  }

  /** The budget is for reading as well: a file of 200 bytes may take ten seconds. */
  @Test
  void a_budget_ends_reading() throws IOException {
    writeSlowModel("slow.onnx");
    for (List<String> rest :
        List.of(
            List.of("certify"),
            List.of("import", "--out", path("slow.lip")),
            List.of("export", "--out", path("out.onnx")))) {
      List<String> command = new ArrayList<>(rest);
      command.addAll(List.of(path("slow.onnx"), "--budget", "200ms"));
      long start = System.nanoTime();
      assertThat(run(command.toArray(String[]::new))).as(out + err).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
      assertThat(err)
          .contains("slow.onnx was not read within the budget; give more time, such as --budget");
    }
  }

  @Test
  void a_model_is_certified_and_its_certificate_verified() throws IOException {
    writeModel("my-net.onnx", "Relu", 3, 0, 0, 2);
    writeModel("other.onnx", "Relu", 3, 0, 0, 2.5f);
    Files.createDirectories(folder.resolve("same"));
    writeModel("same/my-net.onnx", "Abs", 3, 0, 0, 2);

    assertThat(run("certify", path("my-net.onnx"), "--out", path("c.json"))).isZero();
    assertThat(out).contains("my_net");
    assertThat(run("verify", path("c.json"), path("my-net.onnx"))).isZero();
    assertThat(out).startsWith("accepted: my_net is 3-Lipschitz");
    assertThat(run("verify", path("c.json"), path("other.onnx"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: foreign digest: ");
    Files.copy(folder.resolve("my-net.onnx"), folder.resolve("renamed.onnx"));
    assertThat(run("verify", path("c.json"), path("renamed.onnx"))).as(out + err).isZero();
    assertThat(out).startsWith("accepted: renamed, in the certificate my_net, is 3-Lipschitz");
    assertThat(run("verify", path("c.json"), path("same/my-net.onnx")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("of another network");
  }

  @Test
  void a_bound_is_proved_or_refuted_for_some_outputs() throws IOException {
    writeModel("net.onnx", "Sigmoid", 4, 0, 0, 2);

    assertThat(run("certify", path("net.onnx"), "--bound", "1.001", "--out", path("c.json")))
        .isZero();
    assertThat(
            run(
                "certify",
                path("net.onnx"),
                "--bound=0.501",
                "--outputs=1",
                "--json",
                "--out",
                path("c.json")))
        .isZero();
    assertThat(out.strip()).startsWith("{").endsWith("}").contains("\"proved\": true");
  }

  @Test
  void a_bound_that_is_false_is_refuted_by_a_pair_in_a_file() throws Exception {
    writeModel("net.onnx", "Abs", 4, 0, 0, 2);
    Question question =
        new Question(
            Optional.empty(),
            OptionalDouble.of(3.5),
            Optional.empty(),
            Optional.empty(),
            List.of());
    Examiner examiner = new Examiner(Method.AUTO, question, new PairFiles(folder));
    Examined examined = examiner.examine(Model.read(folder.resolve("net.onnx"))).getFirst();
    assertThat(examined.certification().orElseThrow()).isInstanceOf(Certification.Violated.class);
    assertThat(Files.readString(folder.resolve("net.counterexample.json")))
        .contains("\"declared\": 3.5");
  }

  @Test
  void what_is_not_read_is_said_with_its_node() throws IOException {
    writeModel("net.onnx", "Loop", 4, 0, 0, 2);
    assertThat(run("certify", path("net.onnx"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("net.onnx cannot be read as ONNX: node `node_y`, a Loop, runs other graphs")
        .doesNotContain("\tat ");
    Files.writeString(folder.resolve("broken.onnx"), "ONNX?");
    assertThat(run("certify", path("broken.onnx"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("broken.onnx cannot be read as ONNX: the model ");
  }

  @Test
  void real_models_are_certified() throws Exception {
    Path marabou = Path.of(System.getProperty("lipc.shared"), "data", "nets", "marabou");
    if (!Files.isDirectory(marabou)) {
      System.out.println("skipped: there is no folder shared/data/nets/marabou");
    }
    Assumptions.assumeTrue(Files.isDirectory(marabou), "no folder shared/data/nets/marabou");
    for (Path file : models(marabou)) {
      Examiner examiner =
          new Examiner(Method.LAYERWISE_LMI, Question.asDeclared(), new PairFiles(folder));
      Certification certification =
          examiner.examine(Model.read(file)).getFirst().certification().orElseThrow();
      assertThat(certification).as(file.toString()).isInstanceOf(Certification.Certified.class);
      double upper = ((Certification.Certified) certification).upper().value();
      double lower = certification.evidence().lower().value();
      System.out.printf("%s: bound in [%.5g, %.5g]%n", file.getFileName(), lower, upper);
      assertThat(lower).isPositive().isLessThanOrEqualTo(upper);
    }
  }

  private static List<Path> models(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".onnx"))
          .filter(file -> !file.endsWith("KJ_TinyTaxiNet.onnx")) // It has convolutions.
          .sorted()
          .toList();
    }
  }
}
