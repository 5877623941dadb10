package io.lipc.kernels;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What holds of every adjoint graph: a gradient is read only when all its terms are in, so each
 * adjoint of a reader runs before each adjoint of a writer. Hence no value that the reverse mode
 * reads was overwritten: a sum goes on in its target only before anyone reads the target. A
 * violation is a fault of a pass.
 */
final class AdjointGraphChecks {

  private AdjointGraphChecks() {}

  /**
   * Returns {@code graph} itself.
   *
   * @throws IllegalStateException if it is not well formed
   */
  static AdjointGraph checked(AdjointGraph graph) {
    Map<Buffer, Integer> missing = new HashMap<>();
    for (Kernel kernel : graph.forward().kernels()) {
      kernel.sources().stream()
          .filter(source -> !source.equals(kernel.target()))
          .forEach(source -> missing.merge(source, 1, Integer::sum));
    }
    Set<Buffer> read = new HashSet<>();
    for (AdjointKernel adjoint : graph.reverse()) {
      read.add(adjoint.target());
      for (Buffer source : adjoint.sources()) {
        require(!read.contains(source), "a gradient is read before all its terms are in", adjoint);
        missing.merge(source, -1, Integer::sum);
      }
    }
    missing.forEach((buffer, terms) -> require(terms == 0, "a gradient lacks terms", buffer));
    return graph;
  }

  private static void require(boolean condition, String fault, Object where) {
    if (!condition) {
      throw new IllegalStateException("reverse mode: " + fault + ": " + where);
    }
  }
}
