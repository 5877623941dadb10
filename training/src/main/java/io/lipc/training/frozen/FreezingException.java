package io.lipc.training.frozen;

import io.lipc.formats.DescribedException;

/** Weights have no proof, once they are rounded or as they are given. */
public final class FreezingException extends DescribedException {

  private static final long serialVersionUID = 1;

  /** An exception with a message that stands alone. */
  public FreezingException(String message) {
    super(message);
  }
}
