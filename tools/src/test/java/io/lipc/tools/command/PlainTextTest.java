package io.lipc.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue.JsonString;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Commands print visible ASCII, in lines. */
final class PlainTextTest {

  /** The same by each way to write. */
  private static String printed(String text, boolean colours) {
    StringWriter to = new StringWriter();
    PrintWriter plain = PlainText.to(new PrintWriter(to), colours);
    plain.print(text);
    text.chars().forEach(plain::write);
    plain.write(text.toCharArray());
    plain.flush();
    String once = to.toString().substring(0, to.toString().length() / 3);
    assertThat(to).hasToString(once.repeat(3));
    return once;
  }

  @Test
  void lines_of_visible_ascii_stay_as_they_are() {
    assertThat(printed("a b~\tc\r\n", false)).isEqualTo("a b~\tc\r\n");
  }

  @Test
  void anything_else_is_an_escape() {
    assertThat(printed("\u00e9\u3164\u202e\u007f\0\ud83d\ude00", false))
        .isEqualTo("\\u00e9\\u3164\\u202e\\u007f\\u0000\\ud83d\\ude00");
  }

  @Test
  void sequences_of_a_terminal_are_those_of_colours() {
    assertThat(printed("\u001b[1m", true)).isEqualTo("\u001b[1m");
    assertThat(printed("\u001b[1m", false)).isEqualTo("\\u001b[1m");
    assertThat(printed("\u009b1m", true)).isEqualTo("\\u009b1m");
  }

  @Test
  void json_means_the_same() throws Exception {
    JsonString value = new JsonString("gr\u00fc\u00df\u202e\u3164\ud83d\ude00\u007f");
    String text = printed(Json.write(value), false);
    assertThat(text).matches("[ -~]*");
    assertThat(Json.read(text)).isEqualTo(value);
  }
}
