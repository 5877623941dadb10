package io.lipc.kernels.graph;

import io.lipc.formats.ElementType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks the invariants of every kernel graph: no buffer is read before it is wholly written, none
 * is written twice, sizes fit, constants are numbers of the precision. A violation is a fault of a
 * pass, never of a user.
 */
public final class KernelGraphChecks {

  private final KernelGraph graph;
  private final Set<String> names = new HashSet<>();

  /** The number of elements of each buffer that have been written. */
  private final Map<Buffer, Integer> written = new HashMap<>();

  private KernelGraphChecks(KernelGraph graph) {
    this.graph = graph;
  }

  /**
   * Returns {@code graph} itself.
   *
   * @throws IllegalStateException if it is not well formed
   */
  public static KernelGraph checked(KernelGraph graph) {
    new KernelGraphChecks(graph).run();
    return graph;
  }

  private void run() {
    names.add(graph.input().name());
    written.put(graph.input(), graph.input().size());
    for (Kernel kernel : graph.kernels()) {
      kernel.sources().forEach(source -> requireComplete(source, kernel));
      require(kernel.fits(), "sizes do not fit", kernel);
      kernel.constants().forEach(c -> require(isExact(c, graph.precision()), "not exact", kernel));
      write(kernel);
    }
    require(isComplete(graph.output()), "output is not written", graph.output());
  }

  private void write(Kernel kernel) {
    Buffer target = kernel.target();
    if (kernel instanceof AddKernel add && add.sources().getFirst().equals(target)) {
      return; // It is complete already: its sources were checked before.
    }
    int before = written.getOrDefault(target, 0);
    if (before == 0) {
      require(names.add(target.name()), "a second buffer of that name", kernel);
    }
    switch (kernel) {
      case CopyKernel copy -> {
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

  private static boolean isExact(double constant, ElementType precision) {
    return Double.isFinite(constant) && precision.round(constant) == constant;
  }

  private void require(boolean condition, String fault, Object where) {
    if (!condition) {
      throw new IllegalStateException("%s: %s: %s".formatted(graph.network(), fault, where));
    }
  }
}
