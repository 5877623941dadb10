package io.lipc.linalg;

/**
 * Ends a computation whose {@link Deadline} has passed. The code that set the deadline catches it.
 */
public final class Late extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Has no stack trace: being late is no fault of the place that noticed it. */
  Late() {
    super("the deadline has passed", null, false, false);
  }
}
