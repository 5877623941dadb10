package io.lipc.annotations;

/** A family of weights that bounds its network for every value of some free parameters. */
public enum Construction {
  /**
   * The LDL^T parameterisation: of a chain of dense layers and activations, or of a residual block
   * {@code dense(x) + dense(h)}.
   */
  LDLT
}
