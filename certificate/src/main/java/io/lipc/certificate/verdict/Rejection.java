package io.lipc.certificate.verdict;

/** Carries the first fault found out of the checker's methods. */
public final class Rejection extends IllegalArgumentException {

  private static final long serialVersionUID = 1;
  private final Verdict.Reason reason;
  private final String detail;

  /**
   * A fault with its reason and one clause of detail.
   *
   * @param reason why the certificate is rejected
   * @param detail which unit, which tensor, which numbers
   */
  public Rejection(Verdict.Reason reason, String detail) {
    super(reason.words() + ": " + detail);
    this.reason = reason;
    this.detail = detail;
  }

  /**
   * Throws a rejection unless {@code condition} holds.
   *
   * @throws Rejection if not
   */
  public static void unless(boolean condition, Verdict.Reason reason, String detail) {
    if (!condition) {
      throw new Rejection(reason, detail);
    }
  }

  /**
   * Throws a rejection of unit number {@code at} unless {@code condition} holds.
   *
   * @throws Rejection if not
   */
  public static void unless(int at, boolean condition, Verdict.Reason reason, String detail) {
    if (!condition) {
      throw new Rejection(reason, "unit " + at + ": " + detail);
    }
  }

  /** The verdict that this fault leads to. */
  public Verdict verdict() {
    return new Verdict.Rejected(reason, detail);
  }
}
