package io.lipc.compiler.foreign;

import io.lipc.formats.DescribedException;

/** A network has something that the language has no words for. The message is a clause. */
public final class NotExpressible extends DescribedException {

  private static final long serialVersionUID = 1;

  NotExpressible(String message) {
    super(message);
  }
}
