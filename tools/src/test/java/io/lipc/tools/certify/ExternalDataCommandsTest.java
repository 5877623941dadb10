package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is its file and the files beside it that it names, whatever a command does with it. */
final class ExternalDataCommandsTest extends CommandRun {

  private static final Path SHARED =
      Path.of(System.getProperty("lipc.root")).resolve("onnx/src/test/resources/external");

  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeEach
  void copyModel() throws IOException {
    Files.copy(SHARED.resolve("net.onnx"), folder.resolve("net.onnx"));
    Files.copy(SHARED.resolve("net.bin"), folder.resolve("net.bin"));
  }

  private void writeNumber(int index, float value) throws IOException {
    byte[] numbers = Files.readAllBytes(folder.resolve("net.bin"));
    ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * index, value);
    Files.write(folder.resolve("net.bin"), numbers);
  }

  @Test
  void another_file_beside_the_model_is_another_model() throws IOException {
    assertThat(run("certify", path("net.onnx"), "--out", path("c.json"))).as(err).isZero();
    assertThat(run("verify", path("c.json"), path("net.onnx"))).as(out + err).isZero();
    assertThat(out).startsWith("accepted: net is 3-Lipschitz");
    // Bytes that no tensor has are not the model's.
    writeNumber(0, 17);
    assertThat(run("verify", path("c.json"), path("net.onnx"))).isZero();
    // The least change of a weight, and one that the bound does not see.
    writeNumber(4, Math.nextUp(1f));
    assertThat(run("verify", path("c.json"), path("net.onnx"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: foreign digest: ");
    Files.delete(folder.resolve("net.bin"));
    for (String command : new String[] {"certify", "import", "report"}) {
      assertThat(run(command, path("net.onnx"), "--out", path("x")))
          .isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err)
          .contains("initialiser `w`", "`net.bin`", "there is no such file beside the model")
          .contains("save_as_external_data=False");
    }
    assertThat(run("verify", path("c.json"), path("net.onnx"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("`net.bin`");
  }

  @Test
  void imported_texts_and_exported_models_hold_the_numbers() throws IOException {
    assertThat(run("import", path("net.onnx"), "--out", path("a.lip"), "--bound", "3.5"))
        .as(err)
        .isZero();
    assertThat(run("export", path("net.onnx"), "--out", path("one.onnx"))).as(err).isZero();
    Files.delete(folder.resolve("net.bin"));
    assertThat(run("certify", path("a.lip"), "--out", path("a.json"))).as(err).isZero();
    assertThat(run("certify", path("one.onnx"), "--out", path("one.json"))).as(err).isZero();
    assertThat(out).contains("3.");
  }

  @Test
  void an_output_is_chosen_by_its_name() throws IOException {
    Files.copy(SHARED.resolve("outputs.onnx"), folder.resolve("m.onnx"));
    assertThat(run("certify", path("m.onnx"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("the graph has 3 outputs, `scores`, `best`, `bounded`")
        .contains("`lipc import MODEL.onnx --output NAME`");
    assertThat(
            run(
                "import",
                path("m.onnx"),
                "--output",
                "bounded",
                "--out",
                path("m.lip"),
                "--bound=9.6"))
        .as(err)
        .isZero();
    assertThat(Files.readString(folder.resolve("m.lip"))).contains("tanh").doesNotContain("relu");
    assertThat(run("certify", path("m.lip"), "--out", path("m.json"))).as(out).isZero();
    assertThat(run("import", path("m.onnx"), "--output", "h", "--out", path("n.lip")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("the graph has no output `h`; it has `scores`, `best`, `bounded`");
    assertThat(run("import", path("m.lip"), "--output", "y", "--out", path("n.lip")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--output chooses an output of an ONNX model, and");
  }

  @Test
  void free_extents_are_given_by_every_command() throws IOException {
    Files.copy(SHARED.resolve("free.onnx"), folder.resolve("f.onnx"));
    String model = path("f.onnx");
    for (String command : new String[] {"certify", "import", "report", "export"}) {
      assertThat(run(command, model, "--out", path("x"))).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err).contains("extent 2 of input `x` may be any number", "--shape x=1,3,N");
    }
    String[] shape = {"--shape", "x=1,3,4"};
    assertThat(run("certify", model, shape[0], shape[1], "--out", path("c.json"))).as(err).isZero();
    assertThat(run("verify", path("c.json"), model, shape[0], shape[1])).as(out + err).isZero();
    assertThat(run("verify", path("c.json"), model, "--shape", "x=1,3,5"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(run("import", model, shape[0], shape[1], "--bound=1", "--out", path("f.lip")))
        .as(err)
        .isZero();
    assertThat(Files.readString(folder.resolve("f.lip"))).contains("real[3, 4]");
    assertThat(run("explain", "--ir", model, shape[0], shape[1])).as(err).isZero();
    assertThat(run("report", model, shape[0], shape[1], "--out", path("r.html"))).as(err).isZero();
    assertThat(Files.readString(folder.resolve("r.html")))
        .contains("lipc verify f.certificate.json f.onnx --shape x=1,3,4");
    assertThat(run("export", model, shape[0], shape[1], "--out", path("g.onnx"))).as(err).isZero();
    assertThat(run("certify", path("g.onnx"))).as(err).isZero();
  }

  /** A shape that nothing reads was meant for something. */
  @Test
  void shapes_of_what_is_no_onnx_model_are_refused() throws IOException {
    Files.copy(SHARED.resolve("free.onnx"), folder.resolve("f.onnx"));
    String model = path("f.onnx");
    assertThat(run("import", model, "--shape", "x=1,3,4", "--bound=1", "--out", path("f.lip")))
        .as(err)
        .isZero();
    assertThat(run("certify", path("f.lip"), "--shape", "x=1,3,4")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--shape gives the extents of an input of an ONNX model, and");
    assertThat(run("certify", model, "--shape", "x=1,3,4", "--out", path("c.json"))).isZero();
    assertThat(run("verify", path("c.json"), "--shape", "x=1,3,4")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--output and --shape are about an ONNX model");
    assertThat(run("explain", "--shape", "x=1,3,4")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run("certify", model, "--shape", "x=1,3,many")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("`many` is not a number");
  }
}
