package io.lipc.onnx.protobuf;

import io.lipc.formats.DescribedException;
import io.lipc.formats.OneLine;
import io.lipc.formats.Quoted;

/**
 * A file is not an ONNX model, or one with something that lipc does not read. The message is a
 * lower-case clause without the file's name.
 */
public final class OnnxException extends DescribedException {

  private static final long serialVersionUID = 1;

  /** An exception with a message that says what is wrong, for the author of the file. */
  public OnnxException(String message) {
    super(OneLine.visible(message));
  }

  /** A text of the file as messages show it. */
  public static String quote(String text) {
    return Quoted.code(text);
  }
}
