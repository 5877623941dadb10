package io.lipc.linalg;

/** Ends a computation that would need more memory than Java has, before it takes any. */
public final class TooLarge extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param reason a lower-case clause with both numbers
   */
  public TooLarge(String reason) {
    super(reason);
  }
}
