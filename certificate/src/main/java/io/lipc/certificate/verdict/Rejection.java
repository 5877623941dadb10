package io.lipc.certificate.verdict;

/** Carries the first fault found out of the checker's methods. */
public final class Rejection extends IllegalArgumentException {

  private static final long serialVersionUID = 1;
  private final Verdict.Reason reason;
  private final String detail;

  /** The reason, and one clause of detail. */
  public Rejection(Verdict.Reason reason, String detail) {
    super(reason.words() + ": " + detail);
    this.reason = reason;
    this.detail = detail;
  }

  /**
   * Does nothing if the condition holds.
   *
   * @throws Rejection if not
   */
  public static void unless(boolean condition, Verdict.Reason reason, String detail) {
    if (!condition) {
      throw new Rejection(reason, detail);
    }
  }

  /** What the checker says then. */
  public Verdict verdict() {
    return new Verdict.Rejected(reason, detail);
  }
}
