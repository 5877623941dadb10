package io.lipc.kernels.graph;

import java.util.HashSet;
import java.util.Set;

/**
 * Checks the invariants of every adjoint graph: a gradient is read only when all its terms are in,
 * so each adjoint of a reader runs before each adjoint of a writer. Hence no value that the reverse
 * mode reads was overwritten: a sum goes on in its target only before the target is read. A
 * violation is a fault of a pass.
 */
public final class AdjointGraphChecks {

  private AdjointGraphChecks() {}

  /**
   * Returns {@code graph} itself.
   *
   * @throws IllegalStateException if it is not well formed
   */
  public static AdjointGraph checked(AdjointGraph graph) {
    Set<Buffer> read = new HashSet<>();
    for (Kernel kernel : graph.reverse()) {
      read.add(kernel.target());
      for (Buffer source : kernel.sources()) {
        boolean open = source.equals(kernel.target()) || !read.contains(source);
        require(open, "a gradient is read before all its terms are in", kernel.adjoint());
      }
    }
    return graph;
  }

  private static void require(boolean condition, String fault, Object where) {
    if (!condition) {
      throw new IllegalStateException("reverse mode: " + fault + ": " + where);
    }
  }
}
