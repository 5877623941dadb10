package io.lipc.certificate.positivity;

/** The conclusion of a procedure about a symmetric matrix. */
public enum Decision {
  /** The matrix is proved to be positive semidefinite. */
  POSITIVE,
  /** The matrix is not positive, or this procedure and this witness do not show that it is. */
  NOT_PROVED,
  /** The matrix has more rows than the procedure takes. */
  TOO_LARGE,
  /** The witness does not fit a matrix of this size. */
  FOREIGN_WITNESS
}
