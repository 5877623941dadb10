package io.lipc.kernels;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A network with its reverse mode, in double precision: run {@code forward}, keep every buffer, set
 * the gradient of the output, run {@code reverse}; then the gradients of the input and of all
 * tensors are complete.
 *
 * @param forward the network without fused activations and without calls
 * @param reverse in the order in which they run: the adjoints of the forward kernels from the last
 *     to the first
 */
public record AdjointGraph(KernelGraph forward, List<AdjointKernel> reverse) {

  public AdjointGraph {
    reverse = List.copyOf(reverse);
  }

  /** The forward kernels and then the reverse ones, one a line. */
  @Override
  public String toString() {
    return forward
        + reverse.stream().map(kernel -> "  " + kernel + "\n").collect(Collectors.joining());
  }
}
