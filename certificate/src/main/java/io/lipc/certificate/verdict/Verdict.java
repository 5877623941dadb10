package io.lipc.certificate.verdict;

import java.util.Locale;

/** The answer of the checker: a certificate is accepted, or rejected with a reason. */
public sealed interface Verdict {

  /** The certificate is accepted: what it claims is proved. */
  record Accepted() implements Verdict {}

  /**
   * The certificate is rejected: it proves nothing.
   *
   * @param reason the first fault found
   * @param detail one clause: which unit, which tensor, which numbers
   */
  record Rejected(Reason reason, String detail) implements Verdict {}

  /** Why a certificate is rejected: the first fault that the checker found. */
  enum Reason {
    /**
     * The certificate is not well formed: units out of order, records that nothing reads, and the
     * like.
     */
    MALFORMED,
    /** A number is infinite or NaN, or has another format than the certificate says. */
    NOT_A_NUMBER,
    /** A multiplier is negative. */
    NEGATIVE_MULTIPLIER,
    /** Sizes or shapes do not fit together. */
    WRONG_SHAPE,
    /** A tensor that the certificate needs is not there. */
    MISSING_TENSOR,
    /** A tensor is not the one whose digest the certificate has. */
    FOREIGN_DIGEST,
    /** A network that is called is missing, of another kind, or not accepted itself. */
    CALLEE_NOT_ACCEPTED,
    /** The gain of a unit is not proved. */
    GAIN_NOT_PROVED,
    /** The matrix of the proof is not shown to be positive, so the bound is not proved. */
    NOT_POSITIVE_DEFINITE,
    /** The derivatives that the checker finds on a box do not show what is claimed of them. */
    DERIVATIVES_NOT_PROVED,
    /**
     * A vector that is divided by its length is not shown to be as long as declared, on the box.
     */
    LENGTH_NOT_PROVED,
    /** The ends that the checker finds for an output lie outside of the range that is claimed. */
    RANGE_NOT_PROVED,
    /** On a part of its box, the ranges that the checker finds do not refute a query. */
    QUERY_NOT_PROVED,
    /** A network that claims a theorem does not fulfil its hypotheses. */
    NOT_OF_THE_CONSTRUCTION,
    /** Checking would take more work or memory than is allowed. */
    TOO_LARGE;

    /** The reason as messages write it, such as {@code not positive definite}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
