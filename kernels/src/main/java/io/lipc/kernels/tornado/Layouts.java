package io.lipc.kernels.tornado;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tasks of a graph in all layouts. Layouts in which all tasks are the same share the method of
 * the first of them.
 *
 * @param written the code of each task, by those layouts that have a method
 * @param shared which of these stands for a layout
 */
record Layouts(Map<Layout, Map<DeviceTask, DeviceCode>> written, Map<Layout, Layout> shared) {

  Layouts {
    written = Collections.unmodifiableMap(new EnumMap<>(written));
    shared = Collections.unmodifiableMap(new EnumMap<>(shared));
  }

  static Layouts of(DeviceGraph graph) {
    Map<Layout, Map<DeviceTask, DeviceCode>> written = new EnumMap<>(Layout.class);
    Map<Layout, Layout> shared = new EnumMap<>(Layout.class);
    Map<List<DeviceCode>, Layout> first = new HashMap<>();
    for (Layout layout : Layout.values()) {
      Map<DeviceTask, DeviceCode> own = new LinkedHashMap<>();
      graph.tasks().forEach(task -> own.put(task, DeviceKernels.of(task, layout, graph.scalar())));
      Layout standing = first.computeIfAbsent(new ArrayList<>(own.values()), _ -> layout);
      shared.put(layout, standing);
      if (standing == layout) {
        written.put(layout, Collections.unmodifiableMap(own));
      }
    }
    return new Layouts(written, shared);
  }

  /** The layout with the method that {@code layout} has. */
  Layout standingFor(Layout layout) {
    return shared.getOrDefault(layout, layout);
  }

  /** Whether a layout has a method of its own. */
  boolean isWritten(Layout layout) {
    return written.containsKey(layout);
  }

  /** The code of all tasks, in all layouts. */
  Stream<DeviceCode> codes() {
    return written.values().stream().flatMap(layout -> layout.values().stream());
  }

  /** Whether a kernel names a constant of its class. */
  boolean isNamed(String constant) {
    return codes()
        .anyMatch(
            code -> code.kernel().code().toString().matches("(?s).*\\b" + constant + "\\b.*"));
  }
}
