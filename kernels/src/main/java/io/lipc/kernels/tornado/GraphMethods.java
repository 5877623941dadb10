package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import javax.lang.model.element.Modifier;

/** Writes what chooses among the layouts of a generated class, and what counts work items. */
final class GraphMethods {

  private GraphMethods() {}

  /** {@code graph(int batch)}. */
  static MethodSpec portable(DeviceScalar scalar) {
    return graph(scalar)
        .addStatement("return graph(batch, $T.PORTABLE)", TornadoTypes.SCHEDULE)
        .build();
  }

  /**
   * {@code graph(int batch, Schedule schedule)}.
   *
   * @param network its name
   */
  static MethodSpec scheduled(String network, DeviceGraph graph, Layouts layouts) {
    return graph(graph.scalar())
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

  private static MethodSpec.Builder graph(DeviceScalar scalar) {
    return MethodSpec.methodBuilder("graph")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(scalar.graph())
        .addParameter(TypeName.INT, "batch");
  }

  /**
   * The layout on a CPU by the number of rows: a row of zeros costs kernels of images as much as
   * another row.
   */
  private static CodeBlock cpu(DeviceGraph graph, Layouts layouts) {
    Layout many = layouts.standingFor(Layout.LANES);
    Layout few = graph.hasImages() ? layouts.standingFor(Layout.PIXELS) : many;
    return choice("ROWS", few, many);
  }

  private static CodeBlock gpu(Layouts layouts) {
    return choice("FEW", layouts.standingFor(Layout.TREES), layouts.standingFor(Layout.TILES));
  }

  /** One layout below a number of rows, another from there on. */
  private static CodeBlock choice(String limit, Layout few, Layout many) {
    return few == many
        ? call(many)
        : CodeBlock.of("batch < $L ? $L : $L", limit, call(few), call(many));
  }

  private static CodeBlock call(Layout layout) {
    String rows = layout.multiple() == 1 ? "batch" : "(batch + ROWS - 1) / ROWS * ROWS";
    return CodeBlock.of("$L($L)", layout.method(), rows);
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
