package io.lipc.kernels.java;

import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which kernels of a graph run for a block of rows at once, which lie transposed: all of a network
 * of vectors; of one of images, its head, the last kernels from a dense layer on. Hundreds of
 * images in a block would leave all caches, so the kernels before the head run image by image. In
 * F64 there are no blocks.
 */
final class BlockGraph {

  private BlockGraph() {}

  /**
   * The kernels that run on blocks as a graph, whose input is what they read of the others; empty
   * if there are none.
   */
  static Optional<KernelGraph> of(KernelGraph graph, Scalar scalar) {
    if (scalar != Scalar.FLOAT) {
      return Optional.empty();
    }
    return graph.hasImages() ? head(graph) : Optional.of(graph);
  }

  private static Optional<KernelGraph> head(KernelGraph graph) {
    List<Kernel> kernels = graph.kernels();
    int images =
        IntStream.range(0, kernels.size())
            .filter(k -> kernels.get(k).movesWindow())
            .max()
            .orElseThrow();
    return IntStream.range(images + 1, kernels.size())
        .filter(k -> kernels.get(k) instanceof GemmKernel)
        .filter(k -> inputs(graph, k).size() == 1)
        .mapToObj(
            k ->
                new KernelGraph(
                    graph.network(),
                    graph.precision(),
                    inputs(graph, k).iterator().next(),
                    graph.output(),
                    kernels.subList(k, kernels.size())))
        .findFirst();
  }

  /** The buffers, written before, that the kernels from number {@code first} on need. */
  private static Set<Buffer> inputs(KernelGraph graph, int first) {
    Set<Buffer> before = new HashSet<>(Set.of(graph.input()));
    graph.kernels().subList(0, first).forEach(kernel -> before.add(kernel.target()));
    Set<Buffer> needed = new HashSet<>(Set.of(graph.output()));
    graph.kernels().subList(first, graph.kernels().size()).stream()
        .map(Kernel::sources)
        .forEach(needed::addAll);
    needed.retainAll(before);
    return needed;
  }
}
