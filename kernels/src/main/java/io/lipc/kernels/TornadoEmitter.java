package io.lipc.kernels;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Writes a kernel graph for TornadoVM: {@code <Name>Tornado}, beside {@code <Name>Network} whose
 * certified weights it runs on. One task graph holds the whole network; only its input and its
 * output travel with each execution.
 */
public final class TornadoEmitter {

  /** TornadoVM's own tables, and the 64 KB of one method of the JVM, hold no more for sure. */
  static final int MAX_TASKS = 500;

  /**
   * The number of work items is a multiple of this: TornadoVM takes the largest group that divides
   * it, down to single items, and no smaller group on FPGAs.
   */
  static final int GROUP = 64;

  private static final List<String> VARIABLES = List.of("batch", "network", "parameters", "tasks");

  private final CheckedNetwork checked;
  private final ClassName generated;
  private final ClassName network;
  private final DeviceGraph graph;
  private final NameAllocator variables = new NameAllocator();
  private final Map<Buffer, String> buffers = new LinkedHashMap<>();
  private final Map<DeviceTask, DeviceCode> codes = new LinkedHashMap<>();

  private TornadoEmitter(CheckedNetwork checked, DeviceGraph graph, Buffer output) {
    String packageName = checked.network().packageName();
    String simpleName = checked.network().simpleName();
    this.checked = checked;
    this.generated = ClassName.get(packageName, simpleName + "Tornado");
    this.network = ClassName.get(packageName, simpleName + "Network");
    this.graph = graph;
    VARIABLES.forEach(variables::newName);
    name(graph.input(), output);
    for (DeviceTask task : graph.tasks()) {
      name(task.target(), output);
      codes.put(task, DeviceKernels.of(task));
    }
  }

  private void name(Buffer buffer, Buffer output) {
    buffers.put(buffer, variables.newName(ClassNames.spoken(buffer, output)));
  }

  /**
   * Why a network has no class for TornadoVM, as a clause; empty where it has one.
   *
   * @param graph its kernels, from {@link Lowering}
   * @param callees the kernels of the networks that it calls, by qualified name; theirs included
   */
  public static Optional<String> obstacle(KernelGraph graph, Map<String, KernelGraph> callees) {
    KernelGraph inlined = Inlining.inline(graph, callees);
    if (inlined.precision() != Precision.F32) {
      return Optional.of("its precision is f64, and device kernels compute in f32");
    }
    int tasks = deviceGraph(inlined).tasks().size();
    return tasks > MAX_TASKS
        ? Optional.of("it takes %d tasks, and a task graph holds %d".formatted(tasks, MAX_TASKS))
        : Optional.empty();
  }

  /**
   * The source of the class. The same arguments give the same text.
   *
   * @param network the network
   * @param graph its kernels, from {@link Lowering}
   * @param callees the kernels of the networks that it calls, by qualified name; theirs included
   * @throws IllegalArgumentException if there is an {@link #obstacle}, or a callee is missing
   */
  public static JavaFile emit(
      CheckedNetwork network, KernelGraph graph, Map<String, KernelGraph> callees) {
    obstacle(graph, callees)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(network.network().name() + ": " + reason);
            });
    DeviceGraph tasks = deviceGraph(Inlining.inline(graph, callees));
    TornadoEmitter emitter = new TornadoEmitter(network, tasks, graph.output());
    return JavaFile.builder(network.network().packageName(), emitter.type())
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  private static DeviceGraph deviceGraph(KernelGraph inlined) {
    return DeviceGraph.of(KernelGraphChecks.checked(ActivationFusion.fuse(inlined)));
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(generated)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(TornadoTypes.PROGRAM)
            .addJavadoc(
                """
                The network {@code $L} as tasks for TornadoVM. It runs on the weights of a loaded
                {@link $T}, whose certificate is about them; its arithmetic is that of the device, of
                which IEEE 754 is asked.
                """,
                checked.network().name(),
                network)
            .addFields(constants())
            .addField(network, "network", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(constructor())
            .addMethod(of())
            .addMethod(getter(TypeName.INT, "inputSize", CodeBlock.of("$L", graph.input().size())))
            .addMethod(
                getter(TypeName.INT, "outputSize", CodeBlock.of("$L", graph.output().size())))
            .addMethod(getter(network, "network", CodeBlock.of("network")))
            .addMethod(graph());
    kernels().values().forEach(type::addMethod);
    return type.addMethod(items()).addMethods(padding()).build();
  }

  private List<FieldSpec> constants() {
    List<FieldSpec> fields = new ArrayList<>();
    fields.add(
        constant(
            "MAX_BATCH",
            CodeBlock.of("(Integer.MAX_VALUE - $L) / $L", GROUP, graph.widest()),
            "Arrays of more rows have more elements than an int can count."));
    fields.add(
        constant(
            "GROUP", CodeBlock.of("$L", GROUP), "Work items come in groups, whatever the device."));
    boolean isTiled = kernels().keySet().stream().anyMatch(name -> name.startsWith("tiled"));
    if (isTiled) {
      fields.add(
          constant(
              "TILE",
              CodeBlock.of("$L", DeviceKernels.TILE),
              "One work item of a wide layer computes this many outputs, in registers."));
    }
    return fields;
  }

  private static FieldSpec constant(String name, CodeBlock value, String reason) {
    return FieldSpec.builder(TypeName.INT, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L", reason)
        .initializer(value)
        .build();
  }

  private MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(network, "network")
        .addStatement("this.network = network")
        .build();
  }

  private MethodSpec of() {
    return MethodSpec.methodBuilder("of")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(generated)
        .addParameter(network, "network")
        .addJavadoc("The loaded network, for devices.")
        .addStatement("return new $T(network)", generated)
        .build();
  }

  private static MethodSpec getter(TypeName type, String name, CodeBlock value) {
    return overriding(name).returns(type).addStatement("return $L", value).build();
  }

  private static MethodSpec.Builder overriding(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }

  private MethodSpec graph() {
    MethodSpec.Builder method =
        overriding("graph").returns(TornadoTypes.GRAPH).addParameter(TypeName.INT, "batch");
    method
        .beginControlFlow("if (batch < 1 || batch > MAX_BATCH)")
        .addStatement(
            "throw new IllegalArgumentException(\n$>$>$S + batch + $S + MAX_BATCH$<$<)",
            "a batch of " + checked.network().name() + " has ",
            " rows, possible are 1 to ")
        .endControlFlow();
    List<String> weights = new ArrayList<>();
    CodeBlock.Builder arrays = CodeBlock.builder();
    CodeBlock.Builder tasks = CodeBlock.builder();
    arrays.add(array(graph.input()));
    codes.forEach(
        (task, code) -> {
          List<String> own = new ArrayList<>();
          for (DeviceCode.Constant constant : code.constants()) {
            String variable = variables.newName(variable(task.target()) + constant.suffix());
            arrays.addStatement(
                "$T $L = padded($L, $L)",
                TornadoTypes.FLOATS,
                variable,
                constant.numbers(),
                constant.width());
            own.add(variable);
          }
          arrays.add(array(task.target()));
          tasks.add(task(task, code, own));
          weights.addAll(own);
        });
    if (!weights.isEmpty()) {
      method.addStatement(
          "$T parameters = $T.of(network)", RuntimeTypes.PARAMETERS, RuntimeTypes.PARAMETERS);
    }
    return method
        .addCode(arrays.build())
        .addCode(
            "$T tasks =\n$>$>new $T($S + batch)",
            TornadoTypes.TASK_GRAPH,
            TornadoTypes.TASK_GRAPH,
            checked.network().simpleName())
        .addCode("$>$>")
        .addCode(weights.isEmpty() ? CodeBlock.of("") : toDevice("FIRST_EXECUTION", weights))
        .addCode(toDevice("EVERY_EXECUTION", List.of(variable(graph.input()))))
        .addCode(tasks.build())
        .addCode(
            "\n.transferToHost($T.EVERY_EXECUTION, $L);\n",
            TornadoTypes.TRANSFER,
            variable(graph.output()))
        .addCode("$<$<$<$<")
        .addStatement(
            "return new $T(tasks, $L, $L, batch)",
            TornadoTypes.GRAPH,
            variable(graph.input()),
            variable(graph.output()))
        .build();
  }

  private String variable(Buffer buffer) {
    return Lookup.in(buffers, buffer);
  }

  private CodeBlock array(Buffer buffer) {
    return CodeBlock.builder()
        .addStatement(
            "$T $L = new $T(batch * $L)",
            TornadoTypes.FLOATS,
            variable(buffer),
            TornadoTypes.FLOATS,
            buffer.size())
        .build();
  }

  private static CodeBlock toDevice(String mode, List<String> arrays) {
    return CodeBlock.of(
        "\n.transferToDevice($T.$L, $L)", TornadoTypes.TRANSFER, mode, String.join(", ", arrays));
  }

  /** {@code .task("h1", DigitsTornado::denseRelu, x, h1Weight, h1Bias, h1, ...)}. */
  private CodeBlock task(DeviceTask task, DeviceCode code, List<String> weights) {
    List<String> arguments = new ArrayList<>();
    task.sources().forEach(source -> arguments.add(variable(source)));
    arguments.addAll(weights);
    arguments.add(variable(task.target()));
    code.sizes().forEach(size -> arguments.add(size.toString()));
    String count = code.results() == 1 ? "batch" : "batch * " + code.results();
    arguments.add(count);
    arguments.add("items(" + count + ")");
    return CodeBlock.of(
        "\n.task($S, $T::$L, $L)",
        variable(task.target()),
        generated,
        code.kernel().name(),
        String.join(", ", arguments));
  }

  private Map<String, MethodSpec> kernels() {
    Map<String, MethodSpec> kernels = new LinkedHashMap<>();
    codes.values().forEach(code -> kernels.put(code.kernel().name(), code.kernel()));
    return kernels;
  }

  private static MethodSpec items() {
    return MethodSpec.methodBuilder("items")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(TypeName.INT)
        .addParameter(TypeName.INT, "count")
        .addJavadoc("As many work items as there are results, rounded up to whole groups.")
        .addStatement("return (count + GROUP - 1) / GROUP * GROUP")
        .build();
  }

  /** The helpers that bring weights into the arrays of the device. */
  private List<MethodSpec> padding() {
    List<CodeBlock> numbers =
        codes.values().stream()
            .flatMap(code -> code.constants().stream())
            .map(DeviceCode.Constant::numbers)
            .toList();
    List<MethodSpec> methods = new ArrayList<>();
    boolean hasMatrix = numbers.stream().anyMatch(n -> n.toString().contains("floatColumns"));
    boolean hasVector = numbers.stream().anyMatch(n -> !n.toString().contains("floatColumns"));
    if (hasMatrix || hasVector) {
      methods.add(
          MethodSpec.methodBuilder("padded")
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
              .returns(TornadoTypes.FLOATS)
              .addParameter(SCALAR.matrix(), "rows")
              .addParameter(TypeName.INT, "width")
              .addJavadoc(
                  "The rows one after the other, each with zeros behind it up to the width.")
              .addStatement(
                  "$T padded = new $T(rows.length * width)",
                  TornadoTypes.FLOATS,
                  TornadoTypes.FLOATS)
              .addStatement("padded.init(0f)")
              .beginControlFlow("for (int i = 0; i < rows.length; i++)")
              .beginControlFlow("for (int j = 0; j < rows[i].length; j++)")
              .addStatement("padded.set(i * width + j, rows[i][j])")
              .endControlFlow()
              .endControlFlow()
              .addStatement("return padded")
              .build());
    }
    if (hasVector) {
      methods.add(
          MethodSpec.methodBuilder("padded")
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
              .returns(TornadoTypes.FLOATS)
              .addParameter(SCALAR.vector(), "row")
              .addParameter(TypeName.INT, "width")
              .addStatement("return padded(new float[][] {row}, width)")
              .build());
    }
    return methods;
  }

  private static final Scalar SCALAR = Scalar.FLOAT;
}
