package io.lipc.training;

import io.lipc.formats.DescribedException;

/** Trained weights have no proof once they are rounded. */
public final class FreezingException extends DescribedException {

  private static final long serialVersionUID = 1;

  FreezingException(String message) {
    super(message);
  }
}
