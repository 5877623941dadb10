package io.lipc.kernels.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.KernelGraphChecks;
import io.lipc.kernels.pass.ActivationFusion;
import io.lipc.kernels.pass.Inlining;
import io.lipc.model.CheckedNetwork;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Writes a kernel graph for TornadoVM: {@code <Name>Tornado}, beside {@code <Name>Network} whose
 * certified weights it runs on. One task graph holds the whole network; only its input and its
 * output travel with each execution.
 */
public final class TornadoEmitter {

  private final CheckedNetwork checked;
  private final ClassName generated;
  private final ClassName network;
  private final DeviceGraph graph;
  private final Layouts layouts;

  private TornadoEmitter(CheckedNetwork checked, DeviceGraph graph) {
    String packageName = checked.network().packageName();
    String simpleName = checked.network().simpleName();
    this.checked = checked;
    this.generated = ClassName.get(packageName, simpleName + "Tornado");
    this.network = ClassName.get(packageName, simpleName + "Network");
    this.graph = graph;
    this.layouts = Layouts.of(graph);
  }

  /**
   * Why a network has no class for TornadoVM, as a clause; empty where it has one.
   *
   * @param graph its kernels, from {@link io.lipc.kernels.pass.Lowering}
   * @param callees the kernels of the networks that it calls, by qualified name; theirs included
   */
  public static Optional<String> obstacle(KernelGraph graph, Map<String, KernelGraph> callees) {
    KernelGraph inlined = Inlining.inline(graph, callees);
    DeviceScalar scalar = DeviceScalar.of(inlined.precision());
    return DeviceActivations.obstacle(inlined.kernels(), scalar)
        .or(() -> RowKernels.obstacle(inlined.kernels(), scalar))
        .or(() -> ConvolutionKernels.obstacle(inlined.kernels()))
        .or(() -> exceeded(tasks(inlined)));
  }

  private static Optional<String> exceeded(DeviceGraph graph) {
    return Layouts.of(graph).written().values().stream()
        .flatMap(layout -> TaskGraphLimits.exceeded(layout.values()).stream())
        .findFirst();
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

  private TypeSpec type(Buffer output) {
    Collection<MethodSpec> kernels = kernels();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(generated)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(graph.scalar().program())
            .addJavadoc(
                """
                The network {@code $L} for devices, by TornadoVM. It runs on the weights of a
                {@link $T}, which are those of its certificate.
                """,
                checked.network().name(),
                network)
            .addFields(DeviceConstants.of(graph, layouts))
            .addField(network, "network", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(constructor())
            .addMethod(of())
            .addMethod(getter(TypeName.INT, "inputSize", CodeBlock.of("$L", graph.input().size())))
            .addMethod(
                getter(TypeName.INT, "outputSize", CodeBlock.of("$L", graph.output().size())))
            .addMethod(getter(network, "network", CodeBlock.of("network")))
            .addMethod(GraphMethods.portable(graph.scalar()))
            .addMethod(GraphMethods.scheduled(checked.network().name(), graph, layouts));
    layouts
        .written()
        .forEach(
            (layout, own) ->
                type.addMethod(TaskGraphMethod.of(generated, graph, output, layout, own)));
    type.addMethods(kernels).addMethod(GraphMethods.items());
    if (layouts.codes().anyMatch(code -> code.work() instanceof Work.Groups)) {
      type.addMethod(GraphMethods.groups());
    }
    return type.addMethods(DeviceArrays.methods(layouts.codes().toList(), graph.scalar())).build();
  }

  /** Each method once: tasks that do the same share it. */
  private Collection<MethodSpec> kernels() {
    Map<String, MethodSpec> kernels = new LinkedHashMap<>();
    layouts.codes().forEach(code -> kernels.put(code.kernel().name(), code.kernel()));
    return kernels.values();
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
}
