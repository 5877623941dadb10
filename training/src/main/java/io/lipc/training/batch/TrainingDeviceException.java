package io.lipc.training.batch;

/**
 * A device was asked for and cannot be had, cannot train a network, or fails. The message says why
 * and what to do.
 */
public final class TrainingDeviceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** An exception with a message that stands alone. */
  public TrainingDeviceException(String message) {
    super(message);
  }

  /** An exception with the message of its cause, which stands alone. */
  public TrainingDeviceException(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
