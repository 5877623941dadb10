package io.lipc.tools.command;

/** The user's input cannot be used; the message is all that the user needs to see. */
public final class InputError extends Exception {

  private static final long serialVersionUID = 1;

  public InputError(String message) {
    super(message);
  }
}
