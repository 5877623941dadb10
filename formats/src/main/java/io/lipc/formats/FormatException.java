package io.lipc.formats;

/**
 * A file is not what it claims to be. The message is one sentence without the file's name, on one
 * line whatever it quotes.
 */
public final class FormatException extends Exception {

  private static final long serialVersionUID = 1;

  /** Kept here too, because {@link Throwable#getMessage()} may be null and this is not. */
  private final String fault;

  /**
   * A fault with its description, a lower-case clause: {@code "tensor `w` ends at byte 90 ..."}.
   */
  public FormatException(String message) {
    String line = OneLine.of(message);
    super(line);
    this.fault = line;
  }

  @Override
  public String getMessage() {
    return fault;
  }
}
