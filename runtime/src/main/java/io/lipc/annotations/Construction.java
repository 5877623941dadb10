package io.lipc.annotations;

/** A family of weights that bounds its network for every value of some free parameters. */
public enum Construction {
  /**
   * The LDL^T parameterisation: of a chain of dense layers and activations, or of a residual block
   * {@code dense(x) + dense(h)}. In a network with convolutions it is {@link #SLL}.
   */
  LDLT,
  /**
   * Norm 1 for each dense layer and convolution of a chain, by matrices of orthonormal rows or
   * columns. Only trained weights are certified, from a {@link WeightsFile}.
   */
  ORTHOGONAL,
  /**
   * The same with residual blocks in the chain, {@code a x + conv2d(activation(conv2d(x)))} with
   * {@code 0 < a <= 1}, or dense layers in place of the convolutions.
   */
  SLL,
  /**
   * Norm at most 1 for each dense layer and convolution of a chain, of any stride, by the scaling
   * of channels. Only trained weights are certified, from a {@link WeightsFile}.
   */
  AOL,
  /**
   * The same chains of dense layers as {@link #LDLT}, with activations of slopes within [0, 1], by
   * sandwich layers. Only trained weights are certified, from a {@link WeightsFile}.
   */
  SANDWICH
}
