package io.lipc.tools.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lipc prove-all}: the table of a folder, and its certificates. */
final class ProveAllCommandTest extends Proving {

  @BeforeEach
  void writeFolder() throws IOException {
    Files.createDirectories(folder.resolve("onnx"));
    Files.createDirectories(folder.resolve("vnnlib"));
    Files.copy(
        ROOT.resolve("maven-plugin/src/it/onnx-model/src/main/resources/demo/pendulum.onnx"),
        folder.resolve("onnx/pendulum.onnx"));
    String head = HEAD.replace("declare-output Y real [2]", "declare-output Y real [1]");
    write("vnnlib/never.vnnlib", head + "(assert (> Y[0] 500))\n");
    write("vnnlib/always.vnnlib", head + "(assert (> Y[0] -500))\n");
  }

  private int all(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "prove-all";
    words[1] = folder.toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return run(words);
  }

  private void instances(String... rows) throws IOException {
    write("instances.csv", String.join("\n", rows) + "\n");
  }

  @Test
  void a_table_has_an_answer_for_each_row() throws IOException {
    instances(
        "onnx/pendulum.onnx,vnnlib/never.vnnlib,116",
        "onnx/pendulum.onnx,./vnnlib/always.vnnlib,60.5");
    assertThat(all()).as(err).isZero();
    assertThat(out.lines()).hasSize(3);
    assertThat(out)
        .containsPattern(
            "^unsat +1 parts +\\d+\\.\\d\\d s  onnx/pendulum.onnx vnnlib/never.vnnlib\n")
        .containsPattern(
            "\nsat +0 parts +\\d+\\.\\d\\d s  onnx/pendulum.onnx vnnlib/always.vnnlib\n")
        .endsWith("\n2 queries: 1 unsat, 1 sat, 0 not decided, 0 with errors\n");
  }

  /** The audit reads what is written, with no other file of the model. */
  @Test
  void what_is_proved_can_be_checked_by_the_audit() throws Exception {
    instances(
        "onnx/pendulum.onnx,vnnlib/never.vnnlib,116",
        "onnx/pendulum.onnx,vnnlib/always.vnnlib,116");
    assertThat(all("--out", path("out"))).as(err).isZero();
    Path model = folder.resolve("out/onnx/pendulum.onnx/vnnlib");
    assertThat(model.resolve("always.vnnlib.txt")).exists();
    assertThat(model.resolve("never.vnnlib.txt")).doesNotExist();
    assertThat(model.resolve("always.vnnlib.json")).doesNotExist();
    String certificate = model.resolve("never.vnnlib.json").toString();
    Path weights = folder.resolve("out/onnx/pendulum.onnx/weights.safetensors");
    assertThat(run("verify", certificate, path("onnx/pendulum.onnx"), path("vnnlib/never.vnnlib")))
        .isZero();
    assertThat(audited(certificate, weights.toString(), "--query", path("vnnlib/never.vnnlib")))
        .contains("\nACCEPTED: no input makes the query true, for pendulum over the reals");
  }

  private static String audited(String... arguments) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ROOT.resolve("audit/Audit.java").toString()));
    words.addAll(List.of(arguments));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** A later run says something else of the same query: files of the first one are gone. */
  @Test
  void no_file_is_about_an_earlier_answer() throws IOException {
    instances("onnx/pendulum.onnx,vnnlib/never.vnnlib,116");
    assertThat(all("--out", path("out"))).isZero();
    Path certificate = folder.resolve("out/onnx/pendulum.onnx/vnnlib/never.vnnlib.json");
    assertThat(certificate).exists();
    Files.writeString(
        folder.resolve("vnnlib/never.vnnlib"), text("vnnlib/never.vnnlib").replace("500", "-500"));
    assertThat(all("--out", path("out"))).isZero();
    assertThat(certificate).doesNotExist();
  }

  @Test
  void what_cannot_be_asked_is_an_error_of_its_row_alone() throws IOException {
    write("vnnlib/wrong.vnnlib", "(assert");
    instances(
        "onnx/pendulum.onnx,vnnlib/wrong.vnnlib,116",
        "onnx/none.onnx,vnnlib/never.vnnlib,116",
        "onnx/pendulum.onnx,vnnlib/never.vnnlib,116");
    assertThat(all()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("[query-syntax]").contains("there is no file");
    assertThat(out).endsWith("\n3 queries: 1 unsat, 0 sat, 0 not decided, 2 with errors\n");
  }

  @Test
  void what_is_not_decided_has_an_exit_code() throws IOException {
    writeBent();
    write("bent.vnnlib", HEAD + "(assert (> Y[0] 2.5))\n");
    instances("net.lip,bent.vnnlib,116");
    assertThat(all("--parts", "1")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not decided ")
        .endsWith("\n1 queries: 0 unsat, 0 sat, 1 not decided, 0 with errors\n");
    assertThat(all("--budget", "2m")).as(out).isZero();
  }

  @Test
  void queries_about_floats_need_real() throws IOException {
    write("vnnlib/never.vnnlib", text("vnnlib/never.vnnlib").replace(" real ", " float32 "));
    instances("onnx/pendulum.onnx,vnnlib/never.vnnlib,116");
    assertThat(all()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("[query-type]");
    assertThat(all("--real")).as(err).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.onnx,b.vnnlib | row 1 has 2 cells; expected: model,query,seconds",
        "a.onnx,b.vnnlib,soon | soon is no time in seconds",
        "a.onnx,b.vnnlib,0 | 0 is no time in seconds",
        "a.onnx,b.vnnlib,NaN | NaN is no time in seconds",
        "a.onnx,b.vnnlib,1e9 | 1e9 is no time in seconds",
        "../a.onnx,b.vnnlib,9 | ../a.onnx is no file within the folder",
        "a.onnx,/b.vnnlib,9 | /b.vnnlib is no file within the folder",
        "a.onnx,.,9 | . is no file within the folder",
        "'\"a' | it is not CSV",
      })
  void other_rows_are_errors(String row, String message) throws IOException {
    instances(row);
    assertThat(all()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("instances.csv").contains(message);
    assertThat(out).isEmpty();
  }

  @Test
  void a_folder_without_rows_is_an_error() throws IOException {
    assertThat(all()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("there is no file").contains("a model, a query and a time in seconds");
    write("instances.csv", "");
    assertThat(all()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("it has no row");
  }
}
