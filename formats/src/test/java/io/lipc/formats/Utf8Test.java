package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No two files have one text. */
final class Utf8Test {

  @Test
  void characters_of_all_lengths_are_read() throws Exception {
    for (String text :
        new String[] {"", "a", "gr\u00f6\u00dfe", "\u20ac\ufffd", "\ud83d\ude00 !"}) {
      assertThat(Utf8.text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({"ff, 0", "7bff7d, 1", "c080, 0", "eda080, 0", "61e282, 1", "6162f0908d, 2"})
  void other_bytes_are_refused(String bytes, int place) {
    assertThatThrownBy(() -> Utf8.text(HexFormat.of().parseHex(bytes)))
        .isInstanceOf(FormatException.class)
        .hasMessage("the file is not UTF-8: byte " + place);
  }
}
