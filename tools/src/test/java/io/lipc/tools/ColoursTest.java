package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Colours are added to what is said, and change none of it. */
final class ColoursTest {

  private static final String ESCAPE = "\u001b[";

  private static final String MODEL =
      Path.of(System.getProperty("lipc.root"))
          .resolve("onnx/src/test/resources/convolution/tiny.onnx")
          .toString();

  @TempDir private Path folder;

  private static String said(Ansi colours, String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    Lipc.run(colours, writer, writer, arguments);
    // A search that takes seconds says so, on a machine that is busy.
    return text.toString().replaceAll("(?m)^lipc: \\d+ s.*\\R", "");
  }

  private static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("\\d\\.\\d{3} s", "");
  }

  private String text(String name, String step) throws IOException {
    String text =
        "network N(x: real[4]) -> real[4] {\n    certify lipschitz <= 1;\n    return x |> "
            + step
            + ";\n}\n";
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void faults_and_warnings_are_coloured_and_say_the_same() throws IOException {
    String fault = text("fault.lip", "rleu");
    String warning = text("warning.lip", "scale(0)");
    String[][] runs = {
      {"check", fault},
      {"check", warning},
      {"fmt", text("broken.lip", "|>")},
      {"certify", fault},
      {"certify", "absent.onnx"},
      {"certify", "--help"}
    };
    for (String[] run : runs) {
      String coloured = said(Ansi.ON, run);
      assertThat(coloured).contains(ESCAPE);
      assertThat(said(Ansi.OFF, run)).doesNotContain(ESCAPE);
      assertThat(withoutTimes(plain(coloured))).isEqualTo(withoutTimes(said(Ansi.OFF, run)));
    }
    assertThat(said(Ansi.ON, "check", fault))
        .contains(ESCAPE + "31m" + ESCAPE + "1merror:")
        .containsPattern("\\[31m\\^+")
        .contains(ESCAPE + "36mhelp:");
    assertThat(said(Ansi.ON, "check", warning)).contains(ESCAPE + "33m" + ESCAPE + "1mwarning:");
  }

  @Test
  void answers_and_fields_are_coloured_and_say_the_same() throws IOException {
    String proved = text("proved.lip", "abs");
    String other = text("other.lip", "scale(0.5)");
    String certificate = folder.resolve("proved.json").toString();
    // With its certificates beside it, which are none of the models here.
    String page = Files.createDirectory(folder.resolve("page")).resolve("page.html").toString();
    String imported = folder.resolve("imported.lip").toString();
    said(Ansi.OFF, "certify", proved, "--certificate", certificate);
    Map<List<String>, String> begins =
        Map.of(
            List.of("verify", certificate, proved), "32m" + ESCAPE + "1maccepted:",
            List.of("verify", certificate, proved, "--at-most", "0.5"),
                "33m" + ESCAPE + "1mnot as asked:",
            List.of("verify", certificate, other), "31m" + ESCAPE + "1mrejected:",
            List.of("verify", other), "33m" + ESCAPE + "1mnot decided:",
            List.of("report", proved, "--out", page), "36mreport:",
            List.of("certify", proved), "36mnetwork:",
            List.of("import", MODEL, "--bound", "7", "--force", "--out", imported), "36mtext:");
    begins.forEach(
        (run, begin) -> {
          String[] arguments = run.toArray(String[]::new);
          String coloured = said(Ansi.ON, arguments);
          String without = said(Ansi.OFF, arguments);
          assertThat(coloured).startsWith(ESCAPE + begin + ESCAPE + "0m ");
          assertThat(without).doesNotContain(ESCAPE);
          assertThat(withoutTimes(plain(coloured))).isEqualTo(withoutTimes(without));
        });
    assertThat(said(Ansi.ON, "verify", certificate, proved, "--json")).doesNotContain(ESCAPE);
  }
}
