package io.lipc.formats;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Texts of files, in UTF-8. A byte that is not part of a character is an error: {@code new String}
 * puts U+FFFD in its place, and many files become one text.
 */
public final class Utf8 {

  private Utf8() {}

  /**
   * The text of a file.
   *
   * @throws FormatException with the place of the first byte that is wrong
   */
  public static String text(byte[] file) throws FormatException {
    return text(file, "the file");
  }

  /** The text of a part of a file, which messages call {@code what}. */
  static String text(byte[] bytes, String what) throws FormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw new FormatException(what + " is not UTF-8: byte " + in.position());
    }
    return out.flip().toString();
  }
}
