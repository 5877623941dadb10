package io.lipc.kernels;

import io.lipc.model.Activation;
import io.lipc.model.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds of every kernel graph: nothing is read before it is wholly written, nothing is written
 * twice, sizes fit, constants are numbers of the precision. A violation is a fault of a pass, never
 * of a user.
 */
final class KernelGraphChecks {

  private final KernelGraph graph;
  private final Set<String> names = new HashSet<>();

  /** How many elements of a buffer have been written. */
  private final Map<Buffer, Integer> written = new HashMap<>();

  private KernelGraphChecks(KernelGraph graph) {
    this.graph = graph;
  }

  /**
   * Returns {@code graph} itself.
   *
   * @throws IllegalStateException if it is not well formed
   */
  static KernelGraph checked(KernelGraph graph) {
    new KernelGraphChecks(graph).run();
    return graph;
  }

  private void run() {
    names.add(graph.input().name());
    written.put(graph.input(), graph.input().size());
    for (Kernel kernel : graph.kernels()) {
      kernel.sources().forEach(source -> requireComplete(source, kernel));
      require(fits(kernel), "sizes do not fit", kernel);
      constants(kernel).forEach(c -> require(isExact(c, graph.precision()), "not exact", kernel));
      write(kernel);
    }
    require(isComplete(graph.output()), "output is not written", graph.output());
  }

  private void write(Kernel kernel) {
    Buffer target = kernel.target();
    if (kernel instanceof Kernel.Add add && add.sources().getFirst().equals(target)) {
      return; // It is complete already: its sources were checked before.
    }
    int before = written.getOrDefault(target, 0);
    if (before == 0) {
      require(names.add(target.name()), "a second buffer of that name", kernel);
    }
    switch (kernel) {
      case Kernel.Copy copy -> {
        require(copy.offset() == before, "copies leave a gap or overlap", kernel);
        written.put(target, before + copy.source().size());
      }
      default -> {
        require(before == 0, "target is written twice", kernel);
        written.put(target, target.size());
      }
    }
  }

  private boolean isComplete(Buffer buffer) {
    return written.getOrDefault(buffer, 0) == buffer.size();
  }

  private void requireComplete(Buffer source, Kernel kernel) {
    require(isComplete(source), source + " is read before it is written", kernel);
  }

  /** The sizes of tensors and of callees are not in the graph, so they are not compared. */
  private static boolean fits(Kernel kernel) {
    int size = kernel.target().size();
    return switch (kernel) {
      case Kernel.Gemm gemm -> gemm.activation().map(KernelGraphChecks::isElementwise).orElse(true);
      case Kernel.Elementwise elementwise ->
          elementwise.source().size() == size && isElementwise(elementwise.activation());
      case Kernel.MaxMin maxMin -> maxMin.source().size() == size && size % 2 == 0;
      case Kernel.Grouped grouped ->
          grouped.source().size() == size
              && !isElementwise(grouped.activation())
              && size % grouped.activation().group(size) == 0;
      case Kernel.Add add ->
          add.sources().size() >= 2
              && add.sources().size() <= Kernel.Add.MAX_TERMS
              && add.sources().stream().allMatch(source -> source.size() == size)
              && add.sources().lastIndexOf(add.target()) <= 0;
      case Kernel.Scale scale -> scale.source().size() == size;
      case Kernel.Affine affine ->
          affine.source().size() == size
              && affine.scale().size() == size
              && affine.shift().size() == size;
      case Kernel.CallNetwork _ -> true;
      case Kernel.Copy copy -> copy.offset() + copy.source().size() <= size;
      case Kernel.Slice slice -> slice.from() >= 0 && slice.from() + size <= slice.source().size();
    };
  }

  private static boolean isElementwise(Activation activation) {
    return activation.kind().isElementwise();
  }

  private static List<Double> constants(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Gemm gemm -> gemm.activation().map(Activation::parameters).orElse(List.of());
      case Kernel.Elementwise elementwise -> elementwise.activation().parameters();
      case Kernel.Grouped grouped -> grouped.activation().parameters();
      case Kernel.Scale scale -> List.of(scale.factor());
      case Kernel.Affine affine -> {
        List<Double> both = new ArrayList<>(affine.scale());
        both.addAll(affine.shift());
        yield both;
      }
      case Kernel.MaxMin _, Kernel.Add _, Kernel.CallNetwork _, Kernel.Copy _, Kernel.Slice _ ->
          List.of();
    };
  }

  private static boolean isExact(double constant, Precision precision) {
    return Double.isFinite(constant) && precision.round(constant) == constant;
  }

  private void require(boolean condition, String fault, Object where) {
    if (!condition) {
      throw new IllegalStateException("%s: %s: %s".formatted(graph.network(), fault, where));
    }
  }
}
