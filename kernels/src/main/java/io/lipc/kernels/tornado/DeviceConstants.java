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

  private final Layouts layouts;
  private final List<FieldSpec> fields = new ArrayList<>();

  private DeviceConstants(Layouts layouts) {
    this.layouts = layouts;
  }

  /** The fields of constants, in an order in which each may name those before it. */
  static List<FieldSpec> of(DeviceGraph graph, Layouts layouts) {
    DeviceConstants constants = new DeviceConstants(layouts);
    constants.add("GROUP", GROUP, "The number of independent work items is a multiple of this.");
    constants.addLanes();
    constants.addMaxBatch(graph);
    if (layouts.isNamed("TILE")) {
      constants.add(
          "TILE",
          DenseKernels.TILE,
          "How many outputs of a wide layer one work item computes, in registers.");
    }
    constants.addLocal();
    return constants.fields;
  }

  private void addLanes() {
    if (layouts.isNamed("LANES")) {
      add("ROWS", LaneKernels.ROWS, "The rows, or pixels, of one work item on a CPU.");
      add("LANES", LaneKernels.LANES, "The outputs of one work item on a CPU, in a vector.");
    }
  }

  private void addMaxBatch(DeviceGraph graph) {
    int widest = Math.max(graph.widest(), itemsPerRow(layouts.standingFor(Layout.TILES)));
    // Loops over places end behind a window: beyond the last image, by less than one.
    String beyond = graph.hasImages() ? " - " + widest : "";
    String whole = layouts.isWritten(Layout.LANES) ? " / ROWS * ROWS" : "";
    add(
        "MAX_BATCH",
        CodeBlock.of("($T.MAX_VALUE - GROUP$L) / $L$L", Integer.class, beyond, widest, whole),
        "More rows have more elements in the widest layer, or more work items, than an int counts.");
  }

  /**
   * The most items that one row has in groups of its own. Groups that rows share have fewer items
   * than results, from 64 rows or pixels on.
   */
  private int itemsPerRow(Layout layout) {
    return layouts.written().getOrDefault(layout, Map.of()).values().stream()
        .map(DeviceCode::work)
        .mapToInt(
            work ->
                work instanceof Work.Groups(int groups, int parts, int share, int size)
                        && share == 1
                    ? Math.multiplyExact(groups * parts, size)
                    : 1)
        .max()
        .orElse(1);
  }

  private void addLocal() {
    if (layouts.isNamed("TREE")) {
      add("TREE", LocalKernels.TREE, "The work items that share a sum on a GPU.");
    }
    if (layouts.isNamed("SIDE")) {
      add("SIDE", LocalKernels.SIDE, "The rows, and the outputs, of a tile on a GPU.");
    }
    if (layouts.isNamed("DEPTH")) {
      add("DEPTH", LocalKernels.DEPTH, "The inputs of a tile that are in local memory at once.");
    }
    if (layouts.standingFor(Layout.TREES) != layouts.standingFor(Layout.TILES)) {
      int countable = (Integer.MAX_VALUE - GROUP) / itemsPerRow(Layout.TREES);
      add(
          "FEW",
          Math.min(LocalKernels.SIDE, countable),
          "As many rows fill a tile; of fewer, each output is a sum that work items share.");
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
