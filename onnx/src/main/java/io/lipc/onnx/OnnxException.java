package io.lipc.onnx;

import io.lipc.formats.DescribedException;

/**
 * A file is not an ONNX model, or one with something that lipc does not read. The message is a
 * lower-case clause without the file's name.
 */
public final class OnnxException extends DescribedException {

  private static final long serialVersionUID = 1;

  OnnxException(String message) {
    super(message);
  }

  /** A name of the file as messages show it: on one line, and not longer than that. */
  static String quote(String name) {
    int most = 80;
    String shown = name.codePointCount(0, name.length()) <= most ? name : shortened(name, most);
    StringBuilder quoted = new StringBuilder("`");
    shown
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(quoted::appendCodePoint);
    return quoted.append('`').toString();
  }

  private static String shortened(String name, int most) {
    return name.substring(0, name.offsetByCodePoints(0, most)) + "...";
  }
}
