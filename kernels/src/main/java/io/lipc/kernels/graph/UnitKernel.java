package io.lipc.kernels.graph;

/** A kernel that may read extents or constants by element from its unit of the certificate. */
public sealed interface UnitKernel extends UnaryKernel
    permits ConvolutionKernel, BatchNormKernel, LinearKernel {

  /**
   * The place of the unit: its number in the certificate, which is that of its layer in the
   * network, behind the names of callees, each with a slash, where it is one of theirs: {@code 3},
   * {@code demo.Policy/3}.
   */
  String unit();

  /**
   * The same kernel, of a callee.
   *
   * @param prefix what the place of its unit and the names of its tensors then begin with
   */
  UnitKernel ofCallee(String prefix);
}
