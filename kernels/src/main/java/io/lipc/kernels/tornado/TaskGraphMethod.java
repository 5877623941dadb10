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
 * Writes {@code graph(int batch)}: the arrays, and the tasks over them. All arrays are new: a
 * device knows an array by its identity, and plans that shared one would share its device memory.
 */
final class TaskGraphMethod {

  private static final List<String> VARIABLES = List.of("batch", "network", "parameters", "tasks");

  private final ClassName generated;
  private final String network;
  private final DeviceGraph graph;
  private final Map<DeviceTask, DeviceCode> codes;
  private final NameAllocator names = new NameAllocator();
  private final Map<Buffer, String> variables = new HashMap<>();
  private final List<String> weights = new ArrayList<>();
  private final CodeBlock.Builder arrays = CodeBlock.builder();
  private final CodeBlock.Builder tasks = CodeBlock.builder();

  /**
   * The method.
   *
   * @param output what the network's own graph calls its result
   * @param codes of the tasks of {@code graph}, in their order
   */
  static MethodSpec of(
      ClassName generated,
      String network,
      DeviceGraph graph,
      Buffer output,
      Map<DeviceTask, DeviceCode> codes) {
    TaskGraphMethod method = new TaskGraphMethod(generated, network, graph, codes);
    // Buffers take their names first, whatever they would leave for weights.
    method.name(graph.input(), output);
    graph.tasks().forEach(task -> method.name(task.target(), output));
    return method.build();
  }

  private TaskGraphMethod(
      ClassName generated, String network, DeviceGraph graph, Map<DeviceTask, DeviceCode> codes) {
    this.generated = generated;
    this.network = network;
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

  private MethodSpec build() {
    declare(graph.input());
    codes.forEach(
        (task, code) -> {
          List<String> own = code.constants().stream().map(c -> declare(task, c)).toList();
          declare(task.target());
          addTask(task, code, own);
          weights.addAll(own);
        });
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("graph")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .returns(TornadoTypes.GRAPH)
            .addParameter(TypeName.INT, "batch")
            .addCode(check());
    if (!weights.isEmpty()) {
      method.addStatement(
          "$T parameters = $T.of(network)", RuntimeTypes.PARAMETERS, RuntimeTypes.PARAMETERS);
    }
    return method
        .addCode(arrays.build())
        .addCode(chain())
        .addStatement(
            "return new $T(tasks, $L, $L, batch)",
            TornadoTypes.GRAPH,
            variable(graph.input()),
            variable(graph.output()))
        .build();
  }

  private CodeBlock check() {
    return CodeBlock.builder()
        .beginControlFlow("if (batch < 1 || batch > MAX_BATCH)")
        .addStatement(
            "throw new $T($Z$S + MAX_BATCH$W+ $S$W+ batch)",
            IllegalArgumentException.class,
            "a batch for " + network + " has 1 to ",
            " rows, found ")
        .endControlFlow()
        .build();
  }

  private void declare(Buffer buffer) {
    arrays.addStatement(
        "$T $L = new $T($L)",
        TornadoTypes.FLOATS,
        variable(buffer),
        TornadoTypes.FLOATS,
        perRow(buffer.size()));
  }

  private String declare(DeviceTask task, DeviceCode.Constant constant) {
    String variable = names.newName(variable(task.target()) + constant.suffix());
    arrays.addStatement(
        "$T $L =$Wpadded($L, $L)",
        TornadoTypes.FLOATS,
        variable,
        constant.numbers(),
        constant.width());
    return variable;
  }

  private static String perRow(int number) {
    return number == 1 ? "batch" : "batch * " + number;
  }

  /** {@code .task("h1", DigitsTornado::denseRelu, x, h1Weight, h1Bias, h1, ...)}. */
  private void addTask(DeviceTask task, DeviceCode code, List<String> own) {
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(CodeBlock.of("$S", variable(task.target())));
    arguments.add(CodeBlock.of("$T::$L", generated, code.kernel().name()));
    task.sources().forEach(source -> arguments.add(CodeBlock.of("$L", variable(source))));
    own.forEach(array -> arguments.add(CodeBlock.of("$L", array)));
    arguments.add(CodeBlock.of("$L", variable(task.target())));
    arguments.addAll(code.sizes());
    String count = perRow(code.results());
    arguments.add(CodeBlock.of("$L", count));
    arguments.add(CodeBlock.of("items($L)", count));
    tasks.add("\n.task($L)", wrapped(arguments));
  }

  private CodeBlock chain() {
    CodeBlock.Builder chain = CodeBlock.builder();
    chain.add("$T tasks =\n$>$>", TornadoTypes.TASK_GRAPH);
    chain.add("new $T($S + batch)$>$>", TornadoTypes.TASK_GRAPH, generated.simpleName());
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

  /** What tasks leave for one another. */
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
