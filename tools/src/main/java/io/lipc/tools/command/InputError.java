package io.lipc.tools.command;

import io.lipc.formats.OneLine;

/**
 * The user's input cannot be used; the message is all that the user needs to see. It is in visible
 * ASCII, whatever it quotes.
 */
public final class InputError extends Exception {

  private static final long serialVersionUID = 1;

  public InputError(String message) {
    super(OneLine.each(message));
  }
}
