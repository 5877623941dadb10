package io.lipc.tools.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.onnx.protobuf.OnnxContent;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From ONNX to a text and back, without a change of any number or name. */
final class ImportExportTest extends CommandRun {

  private static final Path MODEL =
      Path.of(System.getProperty("lipc.root"))
          .resolve("onnx/src/test/resources/convolution/tiny.onnx");

  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int importModel(String model, String text) {
    return run("import", model, "--out", path(text), "--bound", "7", "--name", "demo.Tiny");
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  @Test
  void what_is_exported_is_imported_as_it_was() throws IOException {
    assertThat(importModel(MODEL.toString(), "a.lip")).isEqualTo(ExitCode.PROVED);
    assertThat(out).contains("network demo.Tiny, f32", "a.safetensors, 6 tensors, 280 numbers");
    assertThat(run("export", path("a.lip"), "--out", path("a.onnx"))).isEqualTo(ExitCode.PROVED);
    assertThat(out)
        .contains("lipc.bound = ", "lipc.norms = \"l2 -> l2\"")
        .containsPattern("lipc.certificate.sha256 = [0-9a-f]{64}\n")
        .containsPattern("lipc.weights.sha256 = [0-9a-f]{64}\n");
    assertThat(OnnxContent.isModel(bytes("a.onnx"))).isTrue();
    assertThat(importModel(path("a.onnx"), "b.lip")).isEqualTo(ExitCode.PROVED);
    String first = Files.readString(folder.resolve("a.lip"));
    assertThat(first.replace("a.safetensors", "b.safetensors").replace("tiny.onnx", "a.onnx"))
        .isEqualTo(Files.readString(folder.resolve("b.lip")));
    assertThat(bytes("b.safetensors")).isEqualTo(bytes("a.safetensors"));
    assertThat(run("certify", path("a.lip"), "--out", path("a.json"))).isEqualTo(ExitCode.PROVED);
    assertThat(run("verify", path("a.json"), path("b.lip"))).isEqualTo(ExitCode.PROVED);
    assertThat(run("fmt", "--check", path("b.lip"))).isEqualTo(ExitCode.PROVED);
  }

  @Test
  void the_best_bound_is_declared_where_none_is_given() throws IOException {
    assertThat(run("import", MODEL.toString(), "--out", path("t.lip"), "--in", "-1,1"))
        .isEqualTo(ExitCode.PROVED);
    assertThat(out).contains(", proved by ");
    assertThat(Files.readString(folder.resolve("t.lip")))
        .contains("network T(x: real[2, 6, 5] in [-1.0, 1.0]) -> real[3] {")
        .contains("certify lipschitz <= 2.");
    assertThat(run("certify", path("t.lip"), "--out", path("t.json"))).isEqualTo(ExitCode.PROVED);
  }

  /** A file of a model has no box, on which lengths could be shown; a text has one. */
  @Test
  void a_length_is_shown_on_the_box_of_a_text() throws IOException {
    Files.writeString(
        folder.resolve("a.lip"),
        """
        network A(x: real[2] in [0.5, 1]) -> real[2] {
            certify lipschitz <= 4.5;
            return x |> scale(2) |> l2_normalize(at_least = 0.5);
        }
        """);
    assertThat(run("certify", path("a.lip"))).isEqualTo(ExitCode.PROVED);
    assertThat(run("export", path("a.lip"), "--out", path("a.onnx"))).isEqualTo(ExitCode.PROVED);
    assertThat(run("certify", path("a.onnx"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("divides by a length", "`lipc import MODEL --in LOW,HIGH --bound L` writes");
    for (String box : new String[] {"0.25,1", "-1,1"}) {
      String[] command = {"--in", box, "--bound", "4.5", "--name", "A", "--force"};
      assertThat(
              run(
                  Stream.concat(
                          Stream.of("import", path("a.onnx"), "--out", path("b.lip")),
                          Stream.of(command))
                      .toArray(String[]::new)))
          .isEqualTo(ExitCode.PROVED);
      assertThat(Files.readString(folder.resolve("b.lip"))).contains("l2_normalize(0.5)");
      boolean isShown = box.startsWith("0");
      assertThat(run("certify", path("b.lip")))
          .isEqualTo(isShown ? ExitCode.PROVED : ExitCode.NOT_PROVED);
      assertThat((out + err).contains("[length-not-proved]")).isEqualTo(!isShown);
    }
  }

  @Test
  void nothing_is_replaced_unless_it_is_asked_for() throws IOException {
    Files.writeString(folder.resolve("a.lip"), "mine");
    assertThat(importModel(MODEL.toString(), "a.lip")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("a.lip is there already; --force replaces it");
    assertThat(folder.resolve("a.lip")).hasContent("mine");
    assertThat(folder.resolve("a.safetensors")).doesNotExist();
  }

  @Test
  void a_bound_that_is_not_proved_exports_nothing() throws IOException {
    assertThat(run("import", MODEL.toString(), "--out", path("t.lip"), "--bound", "0.5"))
        .isEqualTo(ExitCode.PROVED);
    assertThat(run("export", path("t.lip"), "--out", path("t.onnx"), "--budget", "1s"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("no model is written, since the bound of T is not proved");
    assertThat(folder.resolve("t.onnx")).doesNotExist();
    Files.deleteIfExists(Path.of("T.counterexample.json"));
  }

  @Test
  void names_are_words() {
    assertThat(ImportNames.ofFile("my-model_v2")).isEqualTo("MyModelV2");
    assertThat(ImportNames.ofFile("2x5")).isEqualTo("Network2x5");
    assertThat(run("import", MODEL.toString(), "--name", "a.return", "--out", path("n.lip")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--name a.return is not a name");
  }

  @Test
  void other_files_are_told_by_their_content() throws IOException {
    Files.writeString(folder.resolve("m.onnx"), "<!DOCTYPE html><html></html>");
    Files.write(folder.resolve("m.pth"), new byte[] {(byte) 0x80, 2, '}', 'q', 0, '.'});
    assertThat(run("certify", path("m.onnx"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("it is a page of HTML", "help: fetch the file again");
    assertThat(run("certify", path("m.pth"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("it is a pickle of Python", "torch.onnx.export(model.eval()");
    assertThat(run("import", path("m.pth"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("torch.onnx.export(model.eval()");
  }
}
