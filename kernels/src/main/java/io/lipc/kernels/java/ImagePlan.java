package io.lipc.kernels.java;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which buffers hold images as convolutions read them, {@code [h][w][c]} among zeros, so that no
 * layout is converted between them; all others are vectors, {@code [c][h][w]}.
 *
 * <p>A buffer is an image inside if all kernels that write and read it can use one: convolutions
 * without groups, pools, and, over the whole array, sums and activations that leave +0 as it is.
 * The operands and the result of a sum or an activation have one layout, with the most zeros that a
 * reader asks for.
 */
final class ImagePlan {

  /**
   * An image among zeros.
   *
   * @param padding the zeros around it: above, left, below, right
   */
  record Layout(Grid grid, List<Integer> padding) {

    static Layout of(Grid grid) {
      return new Layout(grid, List.of(0, 0, 0, 0));
    }

    /** The number of elements of an array of it. */
    int size() {
      int height = padding.get(0) + grid.height() + padding.get(2);
      int width = padding.get(1) + grid.width() + padding.get(3);
      return Math.multiplyExact(Math.multiplyExact(height, width), grid.channels());
    }
  }

  /** Activations whose f(+0) is +0 to the bit. */
  private static final Set<PointwiseKind> KEEPING_ZERO =
      Set.of(
          PointwiseKind.RELU,
          PointwiseKind.LEAKY_RELU,
          PointwiseKind.ABS,
          PointwiseKind.RELU6,
          PointwiseKind.HARD_TANH);

  private final KernelGraph graph;
  private final Map<Buffer, Grid> grids = new HashMap<>();
  private final Map<Buffer, Set<Buffer>> alike = new HashMap<>();
  private final Set<Buffer> vectors = new HashSet<>();
  private final Map<Buffer, Set<List<Integer>>> asked = new HashMap<>();

  private ImagePlan(KernelGraph graph) {
    this.graph = graph;
    vectors.add(graph.input());
    vectors.add(graph.output());
    graph.kernels().forEach(this::read);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Buffer buffer : graph.intermediates()) {
        changed |= isVector(buffer) && vectors.add(buffer);
      }
    }
  }

  /** The plan for a graph, where only floats have kernels for images inside. */
  static ImagePlan of(KernelGraph graph, Scalar scalar) {
    ImagePlan plan = new ImagePlan(graph);
    if (scalar != Scalar.FLOAT) {
      plan.vectors.addAll(graph.intermediates());
    }
    return plan;
  }

  private void read(Kernel kernel) {
    switch (kernel) {
      case ConvolutionKernel convolution when convolution.map().groups() == 1 -> {
        Window window = convolution.map().window();
        asked.computeIfAbsent(convolution.source(), _ -> new HashSet<>()).add(window.padding());
        expect(convolution.source(), convolution.map().input());
        grids.put(convolution.target(), convolution.map().output());
        if (convolution
            .activation()
            .filter(phi -> !KEEPING_ZERO.contains(phi.kind()))
            .isPresent()) {
          vectors.add(convolution.target());
        }
      }
      case PoolKernel pool -> {
        expect(pool.source(), pool.input());
        grids.put(pool.target(), pool.output());
      }
      case AddKernel _ -> join(kernel);
      case ElementwiseKernel elementwise
          when KEEPING_ZERO.contains(elementwise.activation().kind()) ->
          join(kernel);
      default -> {
        vectors.addAll(kernel.sources());
        vectors.add(kernel.target());
      }
    }
  }

  /** Between two layers, a vector may become another image. */
  private void expect(Buffer buffer, Grid read) {
    if (!read.equals(grids.get(buffer))) {
      vectors.add(buffer);
    }
  }

  /** Gives the buffers that a kernel reads and writes one layout. */
  private void join(Kernel kernel) {
    List<Buffer> all = new ArrayList<>(kernel.sources());
    all.add(kernel.target());
    Set<Buffer> union = new HashSet<>();
    all.forEach(buffer -> union.addAll(alike.getOrDefault(buffer, Set.of(buffer))));
    union.forEach(buffer -> alike.put(buffer, union));
    all.stream()
        .map(grids::get)
        .filter(grid -> grid != null)
        .findFirst()
        .ifPresent(grid -> grids.putIfAbsent(kernel.target(), grid));
  }

  private boolean isVector(Buffer buffer) {
    Set<Buffer> group = alike.getOrDefault(buffer, Set.of(buffer));
    Set<Grid> extents = new HashSet<>();
    for (Buffer member : group) {
      Grid grid = grids.get(member);
      if (grid == null || vectors.contains(member) || isPooledFromVector(member)) {
        return true;
      }
      extents.add(grid);
    }
    return extents.size() > 1;
  }

  private boolean isPooledFromVector(Buffer buffer) {
    return graph.kernels().stream()
        .anyMatch(
            kernel ->
                kernel instanceof PoolKernel pool
                    && pool.target().equals(buffer)
                    && vectors.contains(pool.source()));
  }

  /** The layout of a buffer's image; empty where it is a vector. */
  Optional<Layout> layout(Buffer buffer) {
    if (vectors.contains(buffer)) {
      return Optional.empty();
    }
    List<Integer> padding =
        alike.getOrDefault(buffer, Set.of(buffer)).stream()
            .flatMap(member -> asked.getOrDefault(member, Set.of()).stream())
            .reduce(List.of(0, 0, 0, 0), ImagePlan::larger);
    return Optional.of(new Layout(Lookup.in(grids, buffer), padding));
  }

  private static List<Integer> larger(List<Integer> a, List<Integer> b) {
    return IntStream.range(0, a.size()).mapToObj(k -> Math.max(a.get(k), b.get(k))).toList();
  }

  /** The number of elements of a buffer's array. */
  int size(Buffer buffer) {
    return layout(buffer).map(Layout::size).orElse(buffer.size());
  }
}
