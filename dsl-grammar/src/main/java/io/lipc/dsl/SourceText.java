package io.lipc.dsl;

import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.ProofDiagnostics;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A source text.
 *
 * @param name what messages call it, such as {@code policy.lip}
 * @param text all of it
 */
public record SourceText(String name, String text) {

  /** Larger files are refused: 16 MiB. */
  static final int MAX_BYTES = 1 << 24;

  private static final String WRITE_UTF8 = "save the file as UTF-8 text";

  /** The result of decoding: a text, or why there is none. */
  public sealed interface Decoded {}

  /** The bytes are a text. */
  public record Accepted(SourceText source) implements Decoded {}

  /** The bytes are not a text that lipc reads. */
  public record Refused(Diagnostic diagnostic) implements Decoded {}

  /** Decodes a file: strictly UTF-8, without NUL, at most 16 MiB; a byte order mark is dropped. */
  public static Decoded decode(String name, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      String size = "it has " + bytes.length + " bytes, at most " + MAX_BYTES + " are read";
      return refused(name, size, "split the file");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      return refused(name, "byte " + in.position() + " is not UTF-8", WRITE_UTF8);
    }
    String text = out.flip().toString();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      long line = text.substring(0, nul).chars().filter(c -> c == '\n').count() + 1;
      return refused(name, "line " + line + " holds a NUL character", WRITE_UTF8);
    }
    return new Accepted(new SourceText(name, text.startsWith("\uFEFF") ? text.substring(1) : text));
  }

  private static Decoded refused(String name, String reason, String help) {
    return new Refused(ProofDiagnostics.sourceNotReadable(name, reason, help));
  }
}
