package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc fmt} on files: what is written, what is left, exit codes. */
final class FormatCommandTest extends CommandRun {

  private static final String UNFORMATTED =
      "network N(x: real[1]) -> real[1] { certify lipschitz <= 1; return x|>relu; } // end";
  private static final String FORMATTED =
      """
      network N(x: real[1]) -> real[1] {
          certify lipschitz <= 1;
          return x |> relu;
      } // end
      """;

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void files_are_formatted_in_place_once() throws IOException {
    Path first = write("a.lip", UNFORMATTED);
    Path second = write("b.lip", FORMATTED);
    assertThat(run("fmt", first.toString(), second.toString())).isZero();
    assertThat(first).hasContent(FORMATTED);
    assertThat(out.lines()).containsExactly(first + " was formatted");
    assertThat(run("fmt", first.toString())).isZero();
    assertThat(out).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(first, second);
    }
  }

  @Test
  void line_ends_of_windows_are_kept() throws IOException {
    String windows = FORMATTED.replace("\n", "\r\n");
    Path file = write("a.lip", windows);
    assertThat(run("fmt", "--check", file.toString())).isZero();
    Files.writeString(file, windows.replace("x |> relu", "x|>relu"));
    assertThat(run("fmt", file.toString())).isZero();
    assertThat(Files.readString(file)).isEqualTo(windows);
  }

  @Test
  void check_writes_nothing_and_names_what_would_change() throws IOException {
    Path file = write("a.lip", UNFORMATTED);
    assertThat(run("fmt", "--check", file.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).isEqualToIgnoringNewLines(file + " is not formatted");
    assertThat(file).hasContent(UNFORMATTED);
    assertThat(run("fmt", "--check", write("b.lip", FORMATTED).toString())).isZero();
  }

  @Test
  void what_does_not_parse_is_left_and_the_others_are_formatted() throws IOException {
    String broken = "network N(x: real[1]) -> real[1] {\n  y = x |> ;\n}";
    Path bad = write("bad.lip", broken);
    Path good = write("good.lip", UNFORMATTED);
    assertThat(run("fmt", bad.toString(), good.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith(bad + ":2:12: error: [syntax] ").contains(good + " was formatted");
    assertThat(bad).hasContent(broken);
    assertThat(good).hasContent(FORMATTED);
  }

  @Test
  void what_a_link_leads_to_is_formatted() throws IOException {
    Path file = write("a.lip", UNFORMATTED);
    Path link = Files.createSymbolicLink(folder.resolve("link.lip"), file);
    assertThat(run("fmt", link.toString())).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent(FORMATTED);
  }

  @Test
  void a_missing_file_is_an_error_of_the_input() {
    assertThat(run("fmt", folder.resolve("none.lip").toString())).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("there is no file");
  }
}
