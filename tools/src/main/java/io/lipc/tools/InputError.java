package io.lipc.tools;

/** The user's input cannot be used; the message is all that the user needs to see. */
final class InputError extends Exception {

  private static final long serialVersionUID = 1;

  InputError(String message) {
    super(message);
  }
}
