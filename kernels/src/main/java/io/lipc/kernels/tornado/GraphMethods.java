package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes what chooses among the layouts of a generated class, and what counts work items. */
final class GraphMethods {

  private GraphMethods() {}

  /** {@code graph(int batch)}. */
  static MethodSpec portable() {
    return graph().addStatement("return graph(batch, $T.PORTABLE)", TornadoTypes.SCHEDULE).build();
  }

  /**
   * {@code graph(int batch, Schedule schedule)}.
   *
   * @param network its name
   * @param layouts those that the class has; the others are the same as an earlier one
   */
  static MethodSpec scheduled(String network, DeviceGraph graph, Set<Layout> layouts) {
    return graph()
        .addParameter(TornadoTypes.SCHEDULE, "schedule")
        .beginControlFlow("if (batch < 1 || batch > MAX_BATCH)")
        .addStatement(
            "throw new $T($Z$S + MAX_BATCH$W+ $S$W+ batch)",
            IllegalArgumentException.class,
            "a batch for " + network + " has 1 to ",
            " rows, found ")
        .endControlFlow()
        .addCode("return switch (schedule) {\n$>")
        .addStatement("case PORTABLE -> portable(batch)")
        .addStatement("case CPU -> $L", cpu(graph, layouts))
        .addStatement("case GPU -> $L", gpu(layouts))
        .addCode("$<};\n")
        .build();
  }

  private static MethodSpec.Builder graph() {
    return MethodSpec.methodBuilder("graph")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(TornadoTypes.GRAPH)
        .addParameter(TypeName.INT, "batch");
  }

  /** What works on images would do as much for each row that is added. */
  private static CodeBlock cpu(DeviceGraph graph, Set<Layout> layouts) {
    if (!layouts.contains(Layout.LANES)) {
      return CodeBlock.of("portable(batch)");
    }
    CodeBlock lanes = CodeBlock.of("lanes((batch + ROWS - 1) / ROWS * ROWS)");
    return graph.hasImages() ? CodeBlock.of("batch < ROWS ? portable(batch) : $L", lanes) : lanes;
  }

  private static CodeBlock gpu(Set<Layout> layouts) {
    if (!layouts.contains(Layout.TREES)) {
      return CodeBlock.of("portable(batch)");
    }
    return layouts.contains(Layout.TILES)
        ? CodeBlock.of("batch < FEW ? trees(batch) : tiles(batch)")
        : CodeBlock.of("trees(batch)");
  }

  static MethodSpec items() {
    return MethodSpec.methodBuilder("items")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(TypeName.INT)
        .addParameter(TypeName.INT, "count")
        .addJavadoc("A work item per result, rounded up to whole groups.")
        .addStatement("return (count + GROUP - 1) / GROUP * GROUP")
        .build();
  }

  static MethodSpec groups() {
    return MethodSpec.methodBuilder("groups")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(TornadoTypes.GRID)
        .addParameter(TypeName.INT, "count")
        .addParameter(TypeName.INT, "size")
        .addJavadoc("So many groups of so many work items.")
        .addStatement("$T grid = new $T(count * size)", TornadoTypes.GRID, TornadoTypes.LINE)
        .addStatement("grid.setLocalWork(size, 1, 1)")
        .addStatement("return grid")
        .build();
  }
}
