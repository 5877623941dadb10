package io.lipc.certificate;

/** A vector norm in which a certificate states its bound. */
public enum Norm {
  /** The Euclidean norm: the root of the sum of the squares of all elements. */
  L2,
  /** The maximum norm: the largest absolute value of an element. */
  LINF
}
