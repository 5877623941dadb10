package io.lipc.certificate.positivity;

/** What a procedure says of a matrix. */
public enum Decision {
  /** It is positive semidefinite: proved. */
  POSITIVE,
  /** It is not, or this procedure and this witness do not show it. */
  NOT_PROVED,
  /** It has more rows than the procedure takes. */
  TOO_LARGE,
  /** The witness is not one for a matrix of this size. */
  FOREIGN_WITNESS
}
