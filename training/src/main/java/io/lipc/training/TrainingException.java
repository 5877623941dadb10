package io.lipc.training;

import org.jspecify.annotations.Nullable;

/** Training cannot start or go on. The message says what was met, and what to try. */
public final class TrainingException extends Exception {

  private static final long serialVersionUID = 1;

  /** Kept here too, because {@link Throwable#getMessage()} may be null and this is not. */
  private final String fault;

  /** A fault with its description. */
  TrainingException(String message) {
    this(message, null);
  }

  /** A fault that another one caused. */
  TrainingException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = message;
  }

  @Override
  public String getMessage() {
    return fault;
  }
}
