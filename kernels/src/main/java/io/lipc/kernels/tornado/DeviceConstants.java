package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes the constants of a generated class: those that its text names. */
final class DeviceConstants {

  /**
   * The number of work items is a multiple of this: TornadoVM takes the largest group that divides
   * it, down to single items, and no smaller group on FPGAs.
   */
  static final int GROUP = 64;

  private final Map<Layout, Map<DeviceTask, DeviceCode>> codes;
  private final List<FieldSpec> fields = new ArrayList<>();

  private DeviceConstants(Map<Layout, Map<DeviceTask, DeviceCode>> codes) {
    this.codes = codes;
  }

  /** In an order in which each may name those before it. */
  static List<FieldSpec> of(DeviceGraph graph, Map<Layout, Map<DeviceTask, DeviceCode>> codes) {
    DeviceConstants constants = new DeviceConstants(codes);
    constants.add("GROUP", GROUP, "The number of independent work items is a multiple of this.");
    constants.addLanes();
    constants.addMaxBatch(graph);
    if (constants.isNamed("TILE")) {
      constants.add(
          "TILE",
          DenseKernels.TILE,
          "How many outputs of a wide layer one work item computes, in registers.");
    }
    constants.addLocal();
    return constants.fields;
  }

  private boolean isNamed(String constant) {
    return codes.values().stream()
        .flatMap(layout -> layout.values().stream())
        .anyMatch(
            code -> code.kernel().code().toString().matches("(?s).*\\b" + constant + "\\b.*"));
  }

  private void addLanes() {
    if (codes.containsKey(Layout.LANES)) {
      add("ROWS", LaneKernels.ROWS, "The rows of one work item on a CPU.");
      add("LANES", LaneKernels.LANES, "The outputs of one work item on a CPU, in a vector.");
    }
  }

  private void addMaxBatch(DeviceGraph graph) {
    Layout many = codes.containsKey(Layout.TILES) ? Layout.TILES : Layout.TREES;
    int widest = Math.max(graph.widest(), itemsPerRow(many));
    String whole = codes.containsKey(Layout.LANES) ? " / ROWS * ROWS" : "";
    add(
        "MAX_BATCH",
        CodeBlock.of("($T.MAX_VALUE - GROUP) / $L$L", Integer.class, widest, whole),
        "More rows have more elements in the widest layer, or more work items, than an int counts.");
  }

  /** The most items that one row has in a group of its own. */
  private int itemsPerRow(Layout layout) {
    return codes.getOrDefault(layout, Map.of()).values().stream()
        .map(DeviceCode::work)
        .mapToInt(
            work ->
                work instanceof Work.Groups(int groups, int rows, int size) && rows == 1
                    ? Math.multiplyExact(groups, size)
                    : 1)
        .max()
        .orElse(1);
  }

  private void addLocal() {
    if (!codes.containsKey(Layout.TREES)) {
      return;
    }
    add("TREE", LocalKernels.TREE, "The work items that share a sum on a GPU.");
    if (codes.containsKey(Layout.TILES)) {
      add("SIDE", LocalKernels.SIDE, "The rows, and the outputs, of a tile on a GPU.");
      add("DEPTH", LocalKernels.DEPTH, "The inputs of a tile that are in local memory at once.");
      int countable = (Integer.MAX_VALUE - GROUP) / itemsPerRow(Layout.TREES);
      add(
          "FEW",
          Math.min(LocalKernels.SIDE, countable),
          "As many rows fill a tile; each output of fewer is a sum that work items share.");
    }
  }

  private void add(String name, int value, String reason) {
    add(name, CodeBlock.of("$L", value), reason);
  }

  private void add(String name, CodeBlock value, String reason) {
    fields.add(
        FieldSpec.builder(TypeName.INT, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("$L", reason)
            .initializer(value)
            .build());
  }
}
