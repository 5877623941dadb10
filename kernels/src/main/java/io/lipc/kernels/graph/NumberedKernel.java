package io.lipc.kernels.graph;

/**
 * A kernel that reads extents or constants by element from the certificate, where its map has a
 * number: maps of these kinds are counted in the order in which they run, through all calls.
 */
public sealed interface NumberedKernel extends UnaryKernel
    permits ConvolutionKernel, BatchNormKernel, LinearKernel {

  /** The kernel's number, counted from 0. */
  int index();

  /** Whether its map is counted. */
  default boolean isNumbered() {
    return true;
  }

  /**
   * The same kernel with another number.
   *
   * @param prefix what the names of its tensors then begin with
   */
  NumberedKernel numbered(int other, String prefix);
}
