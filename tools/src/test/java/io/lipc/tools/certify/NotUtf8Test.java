package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** U+FFFD in a certificate stands there, and is not what a reader makes of a bad byte. */
final class NotUtf8Test extends CommandRun {

  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeEach
  void certify() throws Exception {
    Files.writeString(
        folder.resolve("net.lip"),
        "network Net(x: real[2] in [-1, 1]) -> real[2] {\n"
            + "  certify lipschitz <= 2;\n  certify range in [-1, 1];\n"
            + "  return x |> tanh;\n}\n");
    assertThat(run("certify", path("net.lip"), "--out", path("c.json"))).isZero();
  }

  /** Puts a character of three bytes, or one bad byte, at the place of the method's first. */
  private void change(String name, byte[] bytes) throws Exception {
    String text = Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
    String method = "\"method\": \"";
    assertThat(text).contains(method);
    String other = method + new String(bytes, StandardCharsets.ISO_8859_1);
    Files.writeString(
        folder.resolve(name), text.replace(method, other), StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_certificate_in_utf_8_is_read() throws Exception {
    change("c.json", "\ufffd".getBytes(StandardCharsets.UTF_8));
    change("c.range.json", "\ufffd".getBytes(StandardCharsets.UTF_8));
    assertThat(run("verify", path("c.json"))).as(err).isZero();
  }

  @Test
  void a_bad_byte_in_a_certificate_is_refused() throws Exception {
    change("c.json", new byte[] {(byte) 0xFF});
    assertThat(run("verify", path("c.json"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(out + err).doesNotContain("accepted").contains("the file is not UTF-8: byte ");
  }

  @Test
  void a_bad_byte_in_that_of_another_claim_is_refused() throws Exception {
    change("c.range.json", new byte[] {(byte) 0xFF});
    assertThat(run("verify", path("c.json"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(out + err).doesNotContain("accepted").contains("the file is not UTF-8: byte ");
  }
}
