package io.lipc.training.table;

import io.lipc.formats.DescribedException;
import io.lipc.formats.OneLine;

/**
 * Data cannot be trained on. The message names the place: file, line, column, as far as known; it
 * is one line whatever it quotes.
 */
public final class DataException extends DescribedException {

  private static final long serialVersionUID = 1;

  /** A fault with its description. */
  public DataException(String message) {
    super(OneLine.of(message));
  }
}
