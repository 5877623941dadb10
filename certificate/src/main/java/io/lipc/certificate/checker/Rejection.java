package io.lipc.certificate.checker;

/** Carries the first fault found out of the checker's methods. */
final class Rejection extends IllegalArgumentException {

  private static final long serialVersionUID = 1;
  private final Verdict.Reason reason;
  private final String detail;

  Rejection(Verdict.Reason reason, String detail) {
    super(reason.words() + ": " + detail);
    this.reason = reason;
    this.detail = detail;
  }

  static void unless(boolean condition, Verdict.Reason reason, String detail) {
    if (!condition) {
      throw new Rejection(reason, detail);
    }
  }

  Verdict verdict() {
    return new Verdict.Rejected(reason, detail);
  }
}
