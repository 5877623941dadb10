package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc completion}, asked by a bash as one at a terminal asks it. */
final class CompletionTest extends CommandRun {

  private static final Path BASH = Path.of("/bin/bash");

  @TempDir private Path folder;

  @BeforeEach
  void writeScript() throws IOException {
    assumeTrue(Files.isExecutable(BASH), "a bash");
    assertThat(run("completion")).isZero();
    Files.writeString(folder.resolve("completion"), out);
  }

  /** The words that may stand for the last one. */
  private List<String> completed(String... words) throws Exception {
    String script =
        "source completion; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_lipc;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> command = new ArrayList<>(List.of(BASH.toString(), "-c", script, "-"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            // There bash says that no terminal asked.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).sorted().toList();
  }

  @Test
  void commands_and_options_are_completed() throws Exception {
    assertThat(completed("lipc", "ce")).containsExactly("certify");
    assertThat(completed("lipc", "")).contains("check", "verify", "explain", "completion");
    assertThat(completed("lipc", "pro")).containsExactly("prove", "prove-all");
    assertThat(completed("lipc", "prove", "--w")).containsExactly("--weights", "--witness");
    assertThat(completed("lipc", "certify", "--b")).containsExactly("--bound", "--budget");
    assertThat(completed("lipc", "train", "--w")).containsExactly("--write");
  }

  @Test
  void words_that_an_option_takes_are_completed() throws Exception {
    assertThat(completed("lipc", "certify", "--method", "lipsdp"))
        .containsExactly("lipsdp-layer", "lipsdp-neuron");
    assertThat(completed("lipc", "certify", "--from", "l")).containsExactly("l2", "linf");
    assertThat(completed("lipc", "explain", "dead")).containsExactly("dead-layer");
    assertThat(completed("lipc", "vnnlib", "supports", "--onnx-op"))
        .containsExactly("--onnx-operators", "--onnx-opset-versions");
  }

  @Test
  void files_are_completed_where_a_file_is_meant() throws Exception {
    Files.createFile(folder.resolve("actor.lip"));
    assertThat(completed("lipc", "check", "act")).containsExactly("actor.lip");
  }
}
