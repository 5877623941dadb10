package io.lipc.kernels.pass;

import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.AdjointGraphChecks;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.KernelGraphChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a kernel graph into the one that computes its gradients. */
public final class ReverseMode {

  private ReverseMode() {}

  /**
   * The reverse mode of {@code graph}, all in double precision.
   *
   * <p>Calls become the kernels of their callees (see {@link Inlining}). Activations move out of
   * the products again: a derivative is taken at the argument of the activation, which a fused
   * product does not keep.
   *
   * @param callees by qualified name, theirs included
   * @throws IllegalArgumentException if a callee is missing: nothing is known of its derivative
   * @throws IllegalStateException if the graph is not well formed, or overwrites what its reverse
   *     mode reads
   */
  public static AdjointGraph of(KernelGraph graph, Map<String, KernelGraph> callees) {
    KernelGraph inlined = Inlining.inline(graph, callees);
    KernelGraph forward = KernelGraphChecks.checked(splitActivations(inDouble(inlined)));
    return AdjointGraphChecks.checked(new AdjointGraph(forward));
  }

  /** The reverse mode of a graph that calls no other network. */
  public static AdjointGraph of(KernelGraph graph) {
    return of(graph, Map.of());
  }

  /** Constants of the narrower precision are numbers of the wider one, too. */
  private static KernelGraph inDouble(KernelGraph graph) {
    return new KernelGraph(
        graph.network(), ElementType.F64, graph.input(), graph.output(), graph.kernels());
  }

  private static KernelGraph splitActivations(KernelGraph graph) {
    List<Kernel> kernels = new ArrayList<>(graph.kernels().size());
    for (Kernel kernel : graph.kernels()) {
      // Names of the language have no dot, so this one is new.
      Buffer argument = new Buffer(kernel.target().name() + ".z", kernel.target().size());
      switch (kernel) {
        case GemmKernel gemm when gemm.activation().isPresent() -> {
          kernels.add(
              new GemmKernel(
                  gemm.source(), argument, gemm.weight(), gemm.bias(), Optional.empty()));
          kernels.add(
              new ElementwiseKernel(argument, gemm.target(), gemm.activation().orElseThrow()));
        }
        case ConvolutionKernel convolution when convolution.activation().isPresent() -> {
          kernels.add(convolution.with(argument, Optional.empty()));
          kernels.add(
              new ElementwiseKernel(
                  argument, convolution.target(), convolution.activation().orElseThrow()));
        }
        default -> kernels.add(kernel);
      }
    }
    return new KernelGraph(
        graph.network(), graph.precision(), graph.input(), graph.output(), kernels);
  }
}
