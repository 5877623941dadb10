package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of networks are words of the language, joined by dots. */
final class NetworkNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"Net", "_", "a.b.C_1", "network.package.Return", "A1.b2._3"})
  void words_joined_by_dots(String name) {
    assertThat(NetworkName.isValid(name)).isTrue();
    assertThat(NetworkName.checked(name)).isEqualTo(name);
    assertThat(NetworkName.isValid(name + "/pairs")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "1",
        "a.1b",
        "a-b",
        "a$b",
        "a b",
        "a/b",
        "a\n",
        "\na",
        "a/pairs/pairs",
        "/pairs",
        "a./pairs",
        "a/Pairs",
        "a/pairs ",
        "a/pairs\n",
        "a\u00a0b",
        "a\u3164",
        "\u3164",
        "a\u2800",
        "a\u2007b",
        "gr\u00fcn",
        "\u0430",
        "a\u0301",
        "a\u200b",
        "a\u202e",
        "a\u0660",
        "a\ud835\udc00",
        "a\ufeff",
        "demo.Big\u00a0is\u2007..."
      })
  void nothing_else(String name) {
    assertThat(NetworkName.isValid(name)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> NetworkName.checked(name));
  }

  /** Letters and digits of ASCII, `_`, and no other character of Unicode's first plane. */
  @Test
  void the_characters_of_a_name_are_63() {
    assertThat(IntStream.rangeClosed(0, 0xffff).filter(c -> NetworkName.isValid("a" + (char) c)))
        .hasSize(63)
        .allMatch(c -> c < 128);
    assertThat(IntStream.rangeClosed(0, 0xffff).filter(c -> NetworkName.isValid("" + (char) c)))
        .hasSize(53);
  }

  /** A stack frame for each word would end the reader with an error. */
  @Test
  void names_of_very_many_words() {
    assertThat(NetworkName.isValid("a.".repeat(1_000_000) + "b")).isTrue();
    assertThat(NetworkName.isValid("a.".repeat(1_000_000))).isFalse();
  }

  /** A refused name cannot continue the sentence about it. */
  @Test
  void what_is_no_name_is_quoted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkName.checked("a is fine"))
        .withMessage("no network is called \"a is fine\": its name is ASCII words, joined by dots");
  }
}
