package io.lipc.formats;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a file holds does not reach a terminal as it is. */
final class OneLineTest {

  @Test
  void visible_ascii_stays_as_it_is() {
    String ascii = IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(joining());
    assertThat(OneLine.of(ascii)).isEqualTo(ascii);
  }

  /** A Cyrillic letter looks like one of ours, and a filler of Hangul like a blank. */
  @Test
  void letters_beyond_it_do_not() {
    assertThat(OneLine.of("tensor `gr\u00f6\u00dfe` \u0430\u3164"))
        .isEqualTo("tensor `gr\\u00f6\\u00dfe` \\u0430\\u3164");
  }

  @Test
  void a_message_of_several_lines_keeps_them() {
    assertThat(OneLine.each("a\u00a0\n  b\u2028")).isEqualTo("a\\u00a0\n  b\\u2028");
    assertThat(OneLine.each("a\r\nb\u001b")).isEqualTo("a\nb\\u001b");
  }

  @Test
  void what_is_not_drawn_is_escaped() {
    assertThat(OneLine.of("`\u001b[31m\n\u202e\u2028`"))
        .isEqualTo("`\\u001b[31m\\u000a\\u202e\\u2028`");
  }

  @Test
  void long_messages_lose_their_middle() {
    assertThat(OneLine.of("begins " + "x".repeat(1_000_000) + " ends"))
        .hasSizeLessThanOrEqualTo(500)
        .startsWith("begins x")
        .contains("x ... x")
        .endsWith("x ends");
    assertThat(OneLine.of("\0".repeat(400))).hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void faults_of_files_are_one_line() {
    String header = "{\"a\\u001b[2J\\n\": {\"dtype\": \"" + "F".repeat(100_000) + "\"}}";
    byte[] file = new byte[8 + header.length()];
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, file, 8, header.length());
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .message()
        .startsWith("tensor `a\\u001b[2J\\u000a` is ")
        .hasSizeLessThanOrEqualTo(500);
    assertThatThrownBy(() -> Nnet.read("1,1,1,\u001b[2J"))
        .isInstanceOf(FormatException.class)
        .hasMessage("`\\u001b[2J` is not a count (line 1)");
  }

  /** 350 characters of the beginning, 140 of the end. */
  @Test
  void the_longest_message() {
    String longest = "a".repeat(351) + "b".repeat(144);
    assertThat(OneLine.of(longest)).isEqualTo(longest);
    assertThat(OneLine.of("c" + longest + "d"))
        .isEqualTo("c" + "a".repeat(349) + " ... " + "b".repeat(139) + "d");
    assertThat(OneLine.of("x".repeat(351) + "y".repeat(145)))
        .isEqualTo("x".repeat(350) + " ... " + "y".repeat(140));
  }

  @Test
  void messages_of_faults_are_one_line_themselves() {
    assertThat(new FormatException("tensor\n\u3164")).hasMessage("tensor\\u000a\\u3164");
  }
}
