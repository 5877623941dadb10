package io.lipc.annotations;

/** A vector norm in which a Lipschitz bound is stated. */
public enum Norm {
  /** The Euclidean norm. */
  L2,
  /** The maximum norm. */
  LINF
}
