package io.lipc.certificate;

/** A vector norm in which a certificate states its bound. */
public enum Norm {
  /** The Euclidean norm. */
  L2,
  /** The maximum norm. */
  LINF
}
