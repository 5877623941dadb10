package io.lipc.kernels.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.KernelGraphChecks;
import io.lipc.kernels.pass.ActivationFusion;
import io.lipc.kernels.pass.Inlining;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Precision;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Writes a kernel graph for TornadoVM: {@code <Name>Tornado}, beside {@code <Name>Network} whose
 * certified weights it runs on. One task graph holds the whole network; only its input and its
 * output travel with each execution.
 */
public final class TornadoEmitter {

  /**
   * The number of work items is a multiple of this: TornadoVM takes the largest group that divides
   * it, down to single items, and no smaller group on FPGAs.
   */
  static final int GROUP = 64;

  private final CheckedNetwork checked;
  private final ClassName generated;
  private final ClassName network;
  private final DeviceGraph graph;
  private final Map<DeviceTask, DeviceCode> codes;

  private TornadoEmitter(CheckedNetwork checked, DeviceGraph graph) {
    String packageName = checked.network().packageName();
    String simpleName = checked.network().simpleName();
    this.checked = checked;
    this.generated = ClassName.get(packageName, simpleName + "Tornado");
    this.network = ClassName.get(packageName, simpleName + "Network");
    this.graph = graph;
    this.codes = codes(graph);
  }

  /**
   * Why a network has no class for TornadoVM, as a clause; empty where it has one.
   *
   * @param graph its kernels, from {@link io.lipc.kernels.pass.Lowering}
   * @param callees the kernels of the networks that it calls, by qualified name; theirs included
   */
  public static Optional<String> obstacle(KernelGraph graph, Map<String, KernelGraph> callees) {
    KernelGraph inlined = Inlining.inline(graph, callees);
    if (inlined.precision() != Precision.F32) {
      return Optional.of("its precision is f64, and kernels for devices compute in f32");
    }
    return DeviceActivations.obstacle(inlined.kernels())
        .or(() -> withoutKernel(inlined))
        .or(() -> ConvolutionKernels.obstacle(inlined.kernels()))
        .or(() -> TaskGraphLimits.exceeded(codes(tasks(inlined)).values()));
  }

  private static Optional<String> withoutKernel(KernelGraph inlined) {
    return inlined.kernels().stream()
        .flatMap(
            kernel ->
                switch (kernel) {
                  case GroupedKernel grouped
                      when grouped.activation().kind() == GroupedKind.SOFTMAX ->
                      Stream.of(GroupedKind.SOFTMAX.word());
                  case CenterKernel _ -> Stream.of(LinearKind.CENTER.word());
                  default -> Stream.empty();
                })
        .findFirst()
        .map(word -> "its operation `" + word + "` has no kernel for devices");
  }

  /**
   * The source of the class. The same arguments give the same text.
   *
   * @param network the network
   * @param graph its kernels, from {@link io.lipc.kernels.pass.Lowering}
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
    TornadoEmitter emitter = new TornadoEmitter(network, tasks(Inlining.inline(graph, callees)));
    return JavaFile.builder(network.network().packageName(), emitter.type(graph.output()))
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  /** Activations of callees move into products as well. */
  private static DeviceGraph tasks(KernelGraph inlined) {
    return DeviceGraph.of(KernelGraphChecks.checked(ActivationFusion.fuse(inlined)));
  }

  private static Map<DeviceTask, DeviceCode> codes(DeviceGraph graph) {
    Map<DeviceTask, DeviceCode> codes = new LinkedHashMap<>();
    graph.tasks().forEach(task -> codes.put(task, DeviceKernels.of(task)));
    return codes;
  }

  private TypeSpec type(Buffer output) {
    Collection<MethodSpec> kernels = kernels();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(generated)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(TornadoTypes.PROGRAM)
            .addJavadoc(
                """
                The network {@code $L} for devices, by TornadoVM. It runs on the weights of a
                {@link $T}, which are those of its certificate.
                """,
                checked.network().name(),
                network)
            .addFields(constants(kernels))
            .addField(network, "network", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(constructor())
            .addMethod(of())
            .addMethod(getter(TypeName.INT, "inputSize", CodeBlock.of("$L", graph.input().size())))
            .addMethod(
                getter(TypeName.INT, "outputSize", CodeBlock.of("$L", graph.output().size())))
            .addMethod(getter(network, "network", CodeBlock.of("network")))
            .addMethod(
                TaskGraphMethod.of(generated, checked.network().name(), graph, output, codes))
            .addMethods(kernels)
            .addMethod(items());
    return type.addMethods(DeviceArrays.methods(codes.values())).build();
  }

  /** Each method once: tasks that do the same share it. */
  private Collection<MethodSpec> kernels() {
    Map<String, MethodSpec> kernels = new LinkedHashMap<>();
    codes.values().forEach(code -> kernels.put(code.kernel().name(), code.kernel()));
    return kernels.values();
  }

  private List<FieldSpec> constants(Collection<MethodSpec> kernels) {
    List<FieldSpec> fields = new ArrayList<>();
    fields.add(
        constant(
            "GROUP",
            CodeBlock.of("$L", GROUP),
            "The number of work items is a multiple of this, which suits every device."));
    fields.add(
        constant(
            "MAX_BATCH",
            CodeBlock.of("($T.MAX_VALUE - GROUP) / $L", Integer.class, graph.widest()),
            "More rows have more elements, in the widest layer, than an int can count."));
    if (kernels.stream().anyMatch(kernel -> kernel.code().toString().contains("TILE"))) {
      fields.add(
          constant(
              "TILE",
              CodeBlock.of("$L", DenseKernels.TILE),
              "How many outputs of a wide layer one work item computes, in registers."));
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
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(type)
        .addStatement("return $L", value)
        .build();
  }

  private static MethodSpec items() {
    return MethodSpec.methodBuilder("items")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(TypeName.INT)
        .addParameter(TypeName.INT, "count")
        .addJavadoc("A work item per result, rounded up to whole groups.")
        .addStatement("return (count + GROUP - 1) / GROUP * GROUP")
        .build();
  }
}
