package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SourceTextTest {

  private static String refusal(byte[] bytes) {
    return ((SourceText.Refused) SourceText.decode("a.lip", bytes)).diagnostic().message();
  }

  @Test
  void textIsDecodedAsUtf8() {
    byte[] bytes = "// \u00e9\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
    assertThat(SourceText.decode("a.lip", bytes))
        .isEqualTo(new SourceText.Accepted(new SourceText("a.lip", "// \u00e9\ud83d\ude00")));
  }

  @Test
  void aByteOrderMarkIsDropped() {
    byte[] bytes = "\uFEFFnetwork".getBytes(StandardCharsets.UTF_8);
    assertThat(SourceText.decode("a.lip", bytes))
        .isEqualTo(new SourceText.Accepted(new SourceText("a.lip", "network")));
  }

  @Test
  void invalidUtf8IsRefusedWithItsByte() {
    assertThat(refusal(new byte[] {'a', 'b', (byte) 0xC3, '(', 'c'}))
        .contains("byte 2 is not UTF-8");
    assertThat(refusal(new byte[] {'a', (byte) 0xE2, (byte) 0x82})).contains("byte 1 is not UTF-8");
    assertThat(refusal(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})).contains("not UTF-8");
    assertThat(refusal(new byte[] {(byte) 0xC0, (byte) 0x80})).contains("not UTF-8");
  }

  @Test
  void nulIsRefusedWithItsLine() {
    assertThat(refusal("a\nb\nc\0".getBytes(StandardCharsets.UTF_8)))
        .contains("line 3 holds a NUL");
  }

  @Test
  void aLargeFileIsRefused() {
    assertThat(refusal(new byte[SourceText.MAX_BYTES + 1])).contains("at most 16777216 are read");
    byte[] largest = " ".repeat(SourceText.MAX_BYTES).getBytes(StandardCharsets.UTF_8);
    assertThat(SourceText.decode("a.lip", largest)).isInstanceOf(SourceText.Accepted.class);
  }
}
