package io.lipc.training;

/** Trained weights have no proof once they are rounded. */
public final class FreezingException extends Exception {

  private static final long serialVersionUID = 1;

  /** Kept here too, because {@link Throwable#getMessage()} may be null and this is not. */
  private final String fault;

  FreezingException(String message) {
    super(message);
    this.fault = message;
  }

  @Override
  public String getMessage() {
    return fault;
  }
}
