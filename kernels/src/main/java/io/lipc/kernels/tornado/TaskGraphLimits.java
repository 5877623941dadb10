package io.lipc.kernels.tornado;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The limits of a task graph of TornadoVM 5.2. Two of its tables do not grow: beyond them it fails
 * when the graph is built or first executed, with messages that do not help. The method that builds
 * such a graph is far below the 64 KB of the JVM.
 */
final class TaskGraphLimits {

  /** The nodes of {@code uk.ac.manchester.tornado.runtime.graph.TornadoGraph}. */
  static final int MAX_NODES = 1024;

  /** The bytes that describe all tasks in {@code ...runtime.tasks.TornadoTaskGraph}. */
  static final int MAX_BYTES = 8192;

  private TaskGraphLimits() {}

  /** Which limit the tasks exceed, as a clause. */
  static Optional<String> exceeded(Collection<DeviceCode> codes) {
    int nodes = nodes(codes);
    if (nodes > MAX_NODES) {
      return Optional.of(clause(codes, nodes + " nodes", MAX_NODES));
    }
    int bytes = codes.stream().mapToInt(TaskGraphLimits::bytes).sum();
    return bytes > MAX_BYTES
        ? Optional.of(clause(codes, bytes + " bytes of description", MAX_BYTES))
        : Optional.empty();
  }

  private static String clause(Collection<DeviceCode> codes, String needed, int available) {
    return "its %d tasks need %s in a task graph of TornadoVM, which has room for %d"
        .formatted(codes.size(), needed, available);
  }

  /**
   * Each number is a node, once, and so is the context of work groups. Each array is one, brings
   * one that copies it and one that frees it; each task is one, brings one for its memory and one
   * for what it writes. The device and the copy of the output are the last two.
   */
  private static int nodes(Collection<DeviceCode> codes) {
    int constants = codes.stream().mapToInt(code -> code.constants().size()).sum();
    int arrays = 1 + codes.size() + constants;
    return numbers(codes) + 3 * arrays + 3 * codes.size() + 2;
  }

  /** An upper bound of the numbers: for some batches a number of results is also a size. */
  private static int numbers(Collection<DeviceCode> codes) {
    Set<String> sizes = new HashSet<>();
    Set<Work> works = new HashSet<>();
    for (DeviceCode code : codes) {
      code.sizes().forEach(size -> sizes.add(size.toString()));
      works.add(code.work());
    }
    boolean hasContext = works.stream().anyMatch(Work.Groups.class::isInstance);
    return sizes.size() + 2 * works.size() + (hasContext ? 1 : 0);
  }

  private static int bytes(DeviceCode code) {
    return 15 + 5 * code.kernel().parameters().size();
  }
}
