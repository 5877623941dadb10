package io.lipc.kernels.pass;

import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.activation.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves an elementwise activation into the product before it, if no other kernel reads the product:
 * one buffer and one pass over memory less. The arithmetic stays the same, to the bit. A product
 * has room for one activation, so a second one stays a kernel of its own.
 */
public final class ActivationFusion {

  private ActivationFusion() {}

  /**
   * The same graph with each activation in the dense kernel before it, where nothing else reads
   * that.
   */
  public static KernelGraph fuse(KernelGraph graph) {
    Map<Buffer, Integer> readers = new HashMap<>();
    graph.kernels().forEach(k -> k.sources().forEach(b -> readers.merge(b, 1, Integer::sum)));
    readers.merge(graph.output(), 1, Integer::sum);

    Map<Buffer, ElementwiseKernel> onlyReaders = new HashMap<>();
    for (Kernel kernel : graph.kernels()) {
      if (kernel instanceof ElementwiseKernel activation
          && readers.getOrDefault(activation.source(), 0) == 1) {
        onlyReaders.put(activation.source(), activation);
      }
    }
    List<Kernel> kernels = new ArrayList<>(graph.kernels().size());
    Set<Kernel> moved = new HashSet<>();
    for (Kernel kernel : graph.kernels()) {
      ElementwiseKernel activation = onlyReaders.get(kernel.target());
      Optional<Kernel> fused = activation == null ? Optional.empty() : fused(kernel, activation);
      if (activation != null && fused.isPresent()) {
        kernels.add(fused.get());
        moved.add(activation);
      } else if (!moved.contains(kernel)) {
        kernels.add(kernel);
      }
    }
    return new KernelGraph(
        graph.network(), graph.precision(), graph.input(), graph.output(), kernels);
  }

  /** Empty where the kernel is not a product, or has an activation. */
  private static Optional<Kernel> fused(Kernel kernel, ElementwiseKernel elementwise) {
    Optional<Activation.Pointwise> phi = Optional.of(elementwise.activation());
    return switch (kernel) {
      case GemmKernel gemm when gemm.activation().isEmpty() ->
          Optional.of(
              new GemmKernel(gemm.source(), elementwise.target(), gemm.weight(), gemm.bias(), phi));
      case ConvolutionKernel convolution when convolution.activation().isEmpty() ->
          Optional.of(convolution.with(elementwise.target(), phi));
      default -> Optional.empty();
    };
  }
}
