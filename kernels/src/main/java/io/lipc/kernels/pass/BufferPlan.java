package io.lipc.kernels.pass;

import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which buffers share memory. A buffer lives from the kernel that first writes it to the last one
 * that reads it; buffers that do not live at the same time may lie in the same place. Then a deep
 * network works in the few buffers that fit into the cache, however many layers it has.
 *
 * @param places by buffer, the number of its place; the input has none
 * @param sizes by place, the size of its largest buffer
 */
public record BufferPlan(Map<Buffer, Integer> places, List<Integer> sizes) {

  public BufferPlan {
    places = Map.copyOf(places);
    sizes = List.copyOf(sizes);
  }

  /**
   * A plan for {@code graph}, checked.
   *
   * @throws IllegalStateException if a buffer would be read after another one has taken its place:
   *     a fault of this class
   */
  public static BufferPlan of(KernelGraph graph) {
    BufferPlan plan = new Planner(graph).plan();
    plan.check(graph);
    return plan;
  }

  /** The place of a buffer, from 0. */
  public int place(Buffer buffer) {
    return Lookup.in(places, buffer);
  }

  /**
   * Follows the graph through the places.
   *
   * @throws IllegalStateException if it does not find what it wrote
   */
  void check(KernelGraph graph) {
    Map<Integer, Buffer> holds = new HashMap<>();
    for (Kernel kernel : graph.kernels()) {
      kernel.sources().forEach(source -> requireHeld(graph, holds, source));
      holds.put(place(kernel.target()), kernel.target());
    }
    requireHeld(graph, holds, graph.output());
  }

  private void requireHeld(KernelGraph graph, Map<Integer, Buffer> holds, Buffer buffer) {
    boolean isInput = buffer.equals(graph.input());
    if (!isInput && !buffer.equals(holds.get(place(buffer)))) {
      throw new IllegalStateException(graph.network() + ": " + buffer + " was overwritten");
    }
    if (!isInput && buffer.size() > sizes.get(place(buffer))) {
      throw new IllegalStateException(graph.network() + ": no room for " + buffer);
    }
  }

  /** One buffer a line, in the order in which they are written. */
  String print(KernelGraph graph) {
    StringBuilder text = new StringBuilder();
    for (Buffer buffer : graph.intermediates()) {
      text.append("  %s in place %d\n".formatted(buffer, place(buffer)));
    }
    return text.toString();
  }

  /** Walks along the kernels and keeps the free places. */
  private static final class Planner {

    private final KernelGraph graph;
    private final Map<Buffer, Integer> lastReads = new HashMap<>();
    private final Map<Buffer, Integer> places = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final TreeSet<Integer> free = new TreeSet<>();

    Planner(KernelGraph graph) {
      this.graph = graph;
      for (int i = 0; i < graph.kernels().size(); i++) {
        for (Buffer source : graph.kernels().get(i).sources()) {
          lastReads.put(source, i);
        }
      }
      lastReads.put(graph.output(), graph.kernels().size());
    }

    BufferPlan plan() {
      for (int i = 0; i < graph.kernels().size(); i++) {
        Kernel kernel = graph.kernels().get(i);
        List<Integer> released = released(kernel, i);
        if (kernel.runsInPlace()) {
          free.addAll(released);
        }
        if (!places.containsKey(kernel.target())) {
          place(kernel.target());
        }
        free.addAll(released);
        free.remove(Lookup.in(places, kernel.target()));
      }
      return new BufferPlan(places, sizes);
    }

    /** The places of buffers that are not read after kernel number {@code index}. */
    private List<Integer> released(Kernel kernel, int index) {
      return kernel.sources().stream()
          .distinct()
          .filter(source -> !source.equals(graph.input()))
          .filter(source -> Lookup.in(lastReads, source) == index)
          .map(source -> Lookup.in(places, source))
          .toList();
    }

    /** The lowest free place, or a new one. */
    private void place(Buffer buffer) {
      Integer lowest = free.pollFirst();
      if (lowest == null) {
        lowest = sizes.size();
        sizes.add(buffer.size());
      }
      places.put(buffer, lowest);
      sizes.set(lowest, Math.max(sizes.get(lowest), buffer.size()));
    }
  }
}
