package io.lipc.certificate.verdict;

import java.util.Locale;

/** What the checker says of a certificate. */
public sealed interface Verdict {

  /** The bound is proved. */
  record Accepted(double bound) implements Verdict {}

  /**
   * The certificate proves nothing.
   *
   * @param reason the first fault found
   * @param detail one clause: which unit, which tensor, which numbers
   */
  record Rejected(Reason reason, String detail) implements Verdict {}

  /** Why a certificate is rejected. */
  enum Reason {
    MALFORMED,
    NOT_A_NUMBER,
    NEGATIVE_MULTIPLIER,
    WRONG_SHAPE,
    MISSING_TENSOR,
    FOREIGN_DIGEST,
    UNKNOWN_OPERATION,
    CALLEE_NOT_ACCEPTED,
    GAIN_NOT_PROVED,
    NOT_POSITIVE_DEFINITE,
    NOT_OF_THE_CONSTRUCTION,
    TOO_LARGE;

    /** As messages write it: {@code not positive definite}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
