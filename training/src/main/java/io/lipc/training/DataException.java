package io.lipc.training;

import io.lipc.formats.OneLine;

/**
 * Data cannot be trained on. The message names the place: file, line, column, as far as known; it
 * is one line whatever it quotes.
 */
public final class DataException extends Exception {

  private static final long serialVersionUID = 1;

  /** Kept here too, because {@link Throwable#getMessage()} may be null and this is not. */
  private final String fault;

  /** A fault with its description. */
  public DataException(String message) {
    String line = OneLine.of(message);
    super(line);
    this.fault = line;
  }

  @Override
  public String getMessage() {
    return fault;
  }
}
