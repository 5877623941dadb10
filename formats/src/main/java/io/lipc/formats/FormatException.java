package io.lipc.formats;

/**
 * A file is not what it claims to be. The message is one sentence without the file's name, on one
 * line whatever it quotes.
 */
public final class FormatException extends DescribedException {

  private static final long serialVersionUID = 1;

  /**
   * A fault with its description, a lower-case clause: {@code "tensor `w` ends at byte 90 ..."}.
   */
  public FormatException(String message) {
    super(OneLine.of(message));
  }
}
