package io.lipc.kernels.graph;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A network with its reverse mode, in double precision: run {@code forward}, keep every buffer, set
 * the gradient of the output, run the adjoints of {@code reverse}; then the gradients of the input
 * and of all tensors are complete.
 *
 * @param forward the network without fused activations and without calls
 */
public record AdjointGraph(KernelGraph forward) {

  /** The kernels whose adjoints run one after the other: those of {@code forward}, last first. */
  public List<Kernel> reverse() {
    return forward.kernels().reversed();
  }

  /** The forward kernels and then the adjoints, one a line. */
  @Override
  public String toString() {
    return forward
        + reverse().stream()
            .map(kernel -> "  " + kernel.adjoint() + "\n")
            .collect(Collectors.joining());
  }
}
