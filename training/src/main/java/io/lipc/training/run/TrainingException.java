package io.lipc.training.run;

import io.lipc.formats.DescribedException;
import org.jspecify.annotations.Nullable;

/** Training cannot start or go on. The message says what was met, and what to try. */
public final class TrainingException extends DescribedException {

  private static final long serialVersionUID = 1;

  /** A fault with its description. */
  TrainingException(String message) {
    super(message);
  }

  /** A fault that another one caused. */
  TrainingException(String message, @Nullable Throwable cause) {
    super(message);
    if (cause != null) {
      initCause(cause);
    }
  }
}
