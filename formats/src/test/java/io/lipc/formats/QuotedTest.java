package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A quoted text is never read as a part of the sentence that it stands in. */
final class QuotedTest {

  /** Blanks of all kinds, letters that are not drawn, what turns the order, halves of pairs. */
  private static final List<String> HOSTILE =
      List.of(
          "\u00a0",
          "\u2007",
          "\u3164",
          "\u2800",
          "\u202e",
          "\u200b",
          "\u2066",
          "\u0301",
          "\u115f",
          "\ufe0f",
          "\ufeff",
          "\u0430",
          "\n",
          "\r",
          "\u2028",
          "\u001b[31m",
          "\u007f",
          "\u009b",
          "\0",
          "\ud800",
          "\udc00",
          "\ud83d\ude00",
          "\ue000",
          " ",
          "\t",
          "\"",
          "`",
          "\\",
          "'",
          ":",
          ";",
          "a");

  @Test
  void words_stay_as_they_are() {
    for (String word : List.of("conv1.weight", "demo.Net/pairs", "norm-product", "_", "0")) {
      assertThat(Quoted.of(word)).isEqualTo(word);
      assertThat(Quoted.code(word)).isEqualTo('`' + word + '`');
    }
  }

  @Test
  void anything_else_is_in_quotes() {
    assertThat(Quoted.of("")).isEqualTo("\"\"");
    assertThat(Quoted.of("w is")).isEqualTo("\"w is\"");
    assertThat(Quoted.of("w\u00a0is")).isEqualTo("\"w\\u00a0is\"");
    assertThat(Quoted.of("a\" b \\")).isEqualTo("\"a\\\" b \\\\\"");
    assertThat(Quoted.of("a:b")).isEqualTo("\"a:b\"");
    assertThat(Quoted.of("gr\u00fcn")).isEqualTo("\"gr\\u00fcn\"");
    assertThat(Quoted.code("a` is \"b\"")).isEqualTo("`a\\u0060 is \"b\"`");
  }

  @Test
  void long_texts_lose_their_end_and_keep_their_quotes() {
    assertThat(Quoted.of("w".repeat(10_000))).startsWith("\"w").endsWith("w...\"").hasSize(165);
    assertThat(Quoted.code("\u3164".repeat(10_000))).endsWith("\\u3164...`").hasSizeLessThan(170);
  }

  /** The escapes can be taken back, so no two texts look alike. */
  @Test
  void the_text_is_known_from_its_quotation() {
    Random random = new Random(36);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(12); k > 0; k--) {
        text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
      }
      for (char quote : List.of('"', '`')) {
        String quoted = quote == '"' ? Quoted.of(text.toString()) : Quoted.code(text.toString());
        assertThat(quoted.chars()).allMatch(c -> c >= ' ' && c <= '~');
        if (quoted.charAt(0) == quote) {
          String within = quoted.substring(1, quoted.length() - 1);
          assertThat(quoted).endsWith(String.valueOf(quote));
          assertThat(unescaped(within, quote)).isEqualTo(text.toString());
        } else {
          assertThat(text.toString()).isEqualTo(quoted).matches("[A-Za-z0-9_./-]+");
        }
      }
    }
  }

  /** Fails at a quote that would end the quotation. */
  private static String unescaped(String within, char quote) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < within.length(); i++) {
      char c = within.charAt(i);
      assertThat(c).isNotEqualTo(quote);
      if (c != '\\') {
        text.append(c);
      } else if (within.charAt(++i) == 'u') {
        text.append((char) Integer.parseInt(within.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        text.append(within.charAt(i));
      }
    }
    return text.toString();
  }

  /** Letters, digits and four signs: each character of ASCII, and the next one. */
  @Test
  void characters_of_words() {
    String signs = "_./-";
    for (char c = 0; c <= 128; c++) {
      boolean word = Character.isLetterOrDigit(c) || signs.indexOf(c) >= 0;
      assertThat(Quoted.of("a" + c).equals("a" + c)).as("character %d", (int) c).isEqualTo(word);
    }
  }

  @Test
  void the_longest_word() {
    String longest = "w".repeat(160);
    assertThat(Quoted.of(longest)).isEqualTo(longest);
    assertThat(Quoted.of(longest + "w")).isEqualTo('"' + longest + "...\"");
  }
}
