package io.lipc.annotations;

/**
 * A vector norm in which a Lipschitz bound is stated. The norms of certificates are another type:
 * programs that declare networks import this package alone, and adding a norm to the trusted core
 * does not change what they may write.
 */
public enum Norm {
  /** The Euclidean norm: the root of the sum of the squares of all elements. */
  L2,
  /** The maximum norm: the largest absolute value of an element. */
  LINF
}
