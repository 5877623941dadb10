package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Colours are added to what is said, and change none of it. */
final class ColoursTest {

  private static final String ESCAPE = "\u001b[";

  @TempDir private Path folder;

  private static String said(Ansi colours, String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    Lipc.run(colours, writer, writer, arguments);
    return text.toString();
  }

  private static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
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
      assertThat(plain(coloured).replaceAll("\\d\\.\\d{3} s", ""))
          .isEqualTo(said(Ansi.OFF, run).replaceAll("\\d\\.\\d{3} s", ""));
    }
    assertThat(said(Ansi.ON, "check", fault))
        .contains(ESCAPE + "31m" + ESCAPE + "1merror:")
        .containsPattern("\\[31m\\^+")
        .contains(ESCAPE + "36mhelp:");
    assertThat(said(Ansi.ON, "check", warning)).contains(ESCAPE + "33m" + ESCAPE + "1mwarning:");
  }
}
