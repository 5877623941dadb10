package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc check --sarif FILE --help-base URI}: rules with the addresses of their pages. */
final class HelpBaseTest extends CommandRun {

  private static final String PAGE = "https://example.org/lipc/docs/errors/dead-layer.html";

  @TempDir private Path folder;

  private String text = "";

  @BeforeEach
  void write_a_text_with_a_warning() throws IOException {
    text =
        Files.writeString(
                folder.resolve("n.lip"),
                "network N(x: real[4]) -> real[4] {\n    certify lipschitz <= 1;\n"
                    + "    return x |> scale(0);\n}\n")
            .toString();
  }

  private String sarif(String... more) throws IOException {
    Path file = folder.resolve("n.sarif");
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"check", text, "--sarif", file.toString()}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    assertThat(run(arguments)).as(err).isEqualTo(ExitCode.PROVED);
    return Files.readString(file);
  }

  @Test
  void rules_name_their_pages_where_these_are_published() throws IOException {
    assertThat(sarif()).contains("dead-layer").doesNotContain("helpUri");
    assertThat(sarif("--help-base", "https://example.org/lipc"))
        .contains("\"helpUri\": \"" + PAGE + "\"");
    assertThat(sarif("--help-base", "https://example.org/lipc/"))
        .contains("\"helpUri\": \"" + PAGE + "\"");
  }

  @Test
  void what_cannot_be_such_an_address_is_refused() {
    assertThat(run("check", text, "--sarif", "never.sarif", "--help-base", "docs"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .isEqualTo(
            "lipc: --help-base docs is not the absolute address of a folder, such as"
                + " https://example.org/lipc/\n");
    assertThat(run("check", text, "--help-base", "https://example.org/lipc"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .isEqualTo("lipc: --help-base needs --sarif FILE: the file whose rules name pages\n");
    assertThat(Path.of("never.sarif")).doesNotExist();
  }
}
