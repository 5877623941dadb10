package io.lipc.training;

import io.lipc.formats.DescribedException;

/** Weights have no proof, once they are rounded or as they are given. */
public final class FreezingException extends DescribedException {

  private static final long serialVersionUID = 1;

  FreezingException(String message) {
    super(message);
  }
}
