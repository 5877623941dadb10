package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DigestTest {

  /** FIPS 180-4, appendix B.1: of {@code abc}. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void partsAreHashedOneAfterTheOther() {
    Digest digest = new Digest(ABC);
    assertThat(Digest.of(bytes("abc"))).isEqualTo(digest);
    assertThat(Digest.of(bytes("a"), bytes(""), bytes("bc"))).isEqualTo(digest);
    assertThat(Digest.of(bytes("acb"))).isNotEqualTo(digest);
    assertThat(digest).hasToString("sha256:" + ABC);
  }

  @Test
  void aDigestIs64LowerCaseDigits() {
    for (String digit : List.of("0", "9", "a", "f")) {
      assertThat(Digest.isValid(digit.repeat(64))).isTrue();
    }
    for (char near : "/:`gAF \u0660".toCharArray()) {
      for (int at : new int[] {0, 31, 63}) {
        String hex = ABC.substring(0, at) + near + ABC.substring(at + 1);
        assertThat(Digest.isValid(hex)).as(hex).isFalse();
        assertThatThrownBy(() -> new Digest(hex))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("not a SHA-256 digest: " + hex);
      }
    }
    for (int length : new int[] {0, 63, 65, 128}) {
      assertThat(Digest.isValid("0".repeat(length))).isFalse();
    }
  }
}
