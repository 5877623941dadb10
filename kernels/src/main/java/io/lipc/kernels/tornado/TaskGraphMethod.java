package io.lipc.kernels.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.java.ClassNames;
import io.lipc.kernels.java.RuntimeTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Writes the method of a {@link Layout}, from a number of rows to a task graph: the arrays, and the
 * tasks over them. All arrays are new: a device knows an array by its identity, and plans that
 * shared one would share its device memory.
 */
final class TaskGraphMethod {

  private static final List<String> VARIABLES =
      List.of("rows", "network", "parameters", "tasks", "context", "grids");

  private final ClassName generated;
  private final DeviceGraph graph;
  private final Map<DeviceTask, DeviceCode> codes;
  private final NameAllocator names = new NameAllocator();
  private final Map<Buffer, String> variables = new HashMap<>();
  private final List<String> weights = new ArrayList<>();
  private final CodeBlock.Builder arrays = CodeBlock.builder();
  private final CodeBlock.Builder tasks = CodeBlock.builder();
  private final CodeBlock.Builder grids = CodeBlock.builder();

  /**
   * The method.
   *
   * @param output what the network's own graph calls its result
   * @param codes of the tasks of {@code graph}, in their order
   */
  static MethodSpec of(
      ClassName generated,
      DeviceGraph graph,
      Buffer output,
      Layout layout,
      Map<DeviceTask, DeviceCode> codes) {
    TaskGraphMethod method = new TaskGraphMethod(generated, graph, codes);
    // Buffers take their names first, whatever they would leave for weights.
    method.name(graph.input(), output);
    graph.tasks().forEach(task -> method.name(task.target(), output));
    return method.build(layout);
  }

  private TaskGraphMethod(
      ClassName generated, DeviceGraph graph, Map<DeviceTask, DeviceCode> codes) {
    this.generated = generated;
    this.graph = graph;
    this.codes = codes;
    VARIABLES.forEach(names::newName);
  }

  private void name(Buffer buffer, Buffer output) {
    variables.put(buffer, names.newName(ClassNames.spoken(buffer, output)));
  }

  private String variable(Buffer buffer) {
    return Lookup.in(variables, buffer);
  }

  private MethodSpec build(Layout layout) {
    declare(graph.input());
    if (layout.multiple() > 1) {
      arrays.addStatement("$L.init($L)", variable(graph.input()), graph.scalar().zero());
    }
    codes.forEach(
        (task, code) -> {
          List<String> own = code.constants().stream().map(c -> declare(task, c)).toList();
          declare(task.target());
          addTask(task, code, own);
          weights.addAll(own);
        });
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(layout.method())
            .addModifiers(Modifier.PRIVATE)
            .returns(graph.scalar().graph())
            .addParameter(TypeName.INT, "rows");
    if (!weights.isEmpty()) {
      method.addStatement(
          "$T parameters = $T.of(network)", RuntimeTypes.PARAMETERS, RuntimeTypes.PARAMETERS);
    }
    if (!grids.isEmpty()) {
      method
          .addStatement("$T context = new $T()", TornadoTypes.CONTEXT, TornadoTypes.CONTEXT)
          .addStatement("$T grids = new $T()", TornadoTypes.GRIDS, TornadoTypes.GRIDS);
    }
    return method
        .addCode(arrays.build())
        .addCode(chain())
        .addCode(grids.build())
        .addStatement(
            "return new $T(tasks, $L, $L, rows$L)",
            graph.scalar().graph(),
            variable(graph.input()),
            variable(graph.output()),
            grids.isEmpty() ? "" : ", grids")
        .build();
  }

  private void declare(Buffer buffer) {
    arrays.addStatement(
        "$T $L = new $T($L)",
        graph.scalar().array(),
        variable(buffer),
        graph.scalar().array(),
        perRow(buffer.size()));
  }

  private String declare(DeviceTask task, DeviceCode.Constant constant) {
    String variable = names.newName(variable(task.target()) + constant.suffix());
    arrays.addStatement(
        "$T $L =$W$L",
        DeviceArrays.type(constant, graph.scalar()),
        variable,
        DeviceArrays.array(constant, graph.scalar()));
    return variable;
  }

  private static String perRow(int number) {
    return times("rows", number);
  }

  private static String times(String factor, int number) {
    return number == 1 ? factor : factor + " * " + number;
  }

  /** {@code .task("h1", DigitsTornado::denseRelu, x, h1Weight, h1Bias, h1, ...)}. */
  private void addTask(DeviceTask task, DeviceCode code, List<String> own) {
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(CodeBlock.of("$S", variable(task.target())));
    arguments.add(CodeBlock.of("$T::$L", generated, code.kernel().name()));
    if (code.work() instanceof Work.Groups) {
      arguments.add(CodeBlock.of("context"));
    }
    task.sources().forEach(source -> arguments.add(CodeBlock.of("$L", variable(source))));
    own.forEach(array -> arguments.add(CodeBlock.of("$L", array)));
    arguments.add(CodeBlock.of("$L", variable(task.target())));
    arguments.addAll(code.sizes());
    switch (code.work()) {
      case Work.Items items -> {
        String count = times(items.rows() == 1 ? "rows" : "rows / ROWS", items.results());
        arguments.add(CodeBlock.of("$L", count));
        arguments.add(CodeBlock.of("items($L)", count));
      }
      case Work.Groups groups -> addGrid(variable(task.target()), groups);
    }
    tasks.add("\n.task($L)", wrapped(arguments));
  }

  private void addGrid(String task, Work.Groups groups) {
    String parts = times("rows", groups.parts());
    String count =
        groups.share() == 1
            ? parts
            : "(%s + %d) / %d".formatted(parts, groups.share() - 1, groups.share());
    grids.addStatement(
        "grids.addWorkerGrid($S + rows + $S, groups($L, $L))",
        generated.simpleName(),
        "." + task,
        times(count, groups.groups()),
        groups.size());
  }

  private CodeBlock chain() {
    CodeBlock.Builder chain = CodeBlock.builder();
    chain.add("$T tasks =\n$>$>", TornadoTypes.TASK_GRAPH);
    chain.add("new $T($S + rows)$>$>", TornadoTypes.TASK_GRAPH, generated.simpleName());
    if (!weights.isEmpty()) {
      chain.add(transfer("transferToDevice", "FIRST_EXECUTION", weights));
    }
    chain.add(transfer("transferToDevice", "EVERY_EXECUTION", List.of(variable(graph.input()))));
    chain.add(tasks.build());
    chain.add(transfer("transferToHost", "EVERY_EXECUTION", List.of(variable(graph.output()))));
    List<String> between = between();
    if (!between.isEmpty()) {
      // It is never demanded: TornadoVM frees only the arrays whose transfer it has heard of.
      chain.add(transfer("transferToHost", "UNDER_DEMAND", between));
    }
    return chain.add(";$<$<$<$<\n").build();
  }

  /** The arrays that tasks leave for one another. */
  private List<String> between() {
    return graph.tasks().stream()
        .map(DeviceTask::target)
        .filter(target -> !target.equals(graph.output()))
        .map(this::variable)
        .toList();
  }

  private static CodeBlock transfer(String method, String mode, List<String> arrays) {
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(CodeBlock.of("$T.$L", TornadoTypes.TRANSFER, mode));
    arrays.forEach(array -> arguments.add(CodeBlock.of("$L", array)));
    return CodeBlock.of("\n.$L($L)", method, wrapped(arguments));
  }

  private static CodeBlock wrapped(List<CodeBlock> arguments) {
    return arguments.stream().collect(CodeBlock.joining(",$W"));
  }
}
