package io.lipc.kernels.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.CheckedNetwork;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Writes a kernel graph as a Java class that one could have written by hand: {@code <Name>Network},
 * in the package of the network. It refers to the run-time library and the JDK alone, compiles
 * without a warning, and depends on nothing but the arguments.
 */
public final class JavaEmitter {

  /** The method that runs the head on a block of rows. */
  static final String APPLY_HEAD = "applyHead";

  private final CheckedNetwork checked;
  private final KernelGraph graph;
  private final EmissionContext context;
  private final Scalar scalar;
  private final ClassNames names;
  private final NetworkBody body;

  private JavaEmitter(CheckedNetwork checked, KernelGraph graph, EmissionContext context) {
    this.checked = checked;
    this.graph = graph;
    this.context = context;
    this.scalar = Scalar.of(graph.precision());
    this.names = new ClassNames(className(checked), graph, context);
    this.body = new NetworkBody(names, scalar, graph);
  }

  /**
   * The source of the class. The same arguments give the same text.
   *
   * @param network the network
   * @param graph its kernels, from {@link io.lipc.kernels.pass.Lowering}
   * @throws IllegalStateException if {@code context} lacks a callee
   */
  public static JavaFile emit(CheckedNetwork network, KernelGraph graph, EmissionContext context) {
    JavaEmitter emitter = new JavaEmitter(network, graph, context);
    return JavaFile.builder(network.network().packageName(), emitter.type())
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  private static ClassName className(CheckedNetwork checked) {
    return ClassName.get(
        checked.network().packageName(), checked.network().simpleName() + "Network");
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(names.generated())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(scalar.superclass())
            .addJavadoc("$L", Documentation.of(checked, graph, context.certifiedBound()))
            .addField(loader());
    type.addFields(fields()).addMethod(constructor());
    type.addMethods(new LoadMethods(names).methods(checked.network(), context.weightsResource()));
    type.addMethod(newWorkspace()).addMethod(applyInWorkspace());
    if (scalar == Scalar.FLOAT) {
      type.addMethod(batchesGetter());
    }
    if (body.runsTransposed()) {
      type.addMethod(applyTransposed());
    }
    body.head().ifPresent(head -> type.addMethod(applyImage(head)).addMethod(applyHead(head)));
    return body.addTo(type).build();
  }

  private FieldSpec loader() {
    return FieldSpec.builder(
            RuntimeTypes.LOADER, "LOADER", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "new $T(\n$>$>$T.class,\n$S,\n$S,\n$S$<$<)$L",
            RuntimeTypes.LOADER,
            names.generated(),
            checked.network().name(),
            context.certificateResource(),
            context.certificateDigest(),
            further())
        .build();
  }

  private CodeBlock further() {
    return context.further().stream().map(JavaEmitter::claiming).collect(CodeBlock.joining(""));
  }

  private static CodeBlock claiming(EmissionContext.FurtherClaim claim) {
    return switch (claim) {
      case EmissionContext.FurtherClaim.Shipped(String resource, String digest) ->
          CodeBlock.of("\n$>$>.claiming(\n$>$>$S,\n$S)$<$<$<$<", resource, digest);
      case EmissionContext.FurtherClaim.OfWeights(String word) ->
          CodeBlock.of("\n$>$>.claimingOfWeights($S)$<$<", word);
    };
  }

  private List<FieldSpec> fields() {
    TypeSpec.Builder fields = TypeSpec.classBuilder("Fields");
    for (ClassNames.CalleeName callee : names.callees()) {
      fields.addField(callee.type(), callee.variable(), Modifier.PRIVATE, Modifier.FINAL);
    }
    fields.addFields(body.fields());
    if (scalar == Scalar.FLOAT) {
      fields.addField(
          FieldSpec.builder(RuntimeTypes.FLOAT_BATCHES, "batches", Modifier.PRIVATE, Modifier.FINAL)
              .initializer(batches())
              .build());
    }
    return fields.build().fieldSpecs();
  }

  private CodeBlock batches() {
    if (body.runsTransposed()) {
      return CodeBlock.of("new $T(this, $L)", RuntimeTypes.FLOAT_BATCHES, graph.widest());
    }
    return body.head()
        .map(
            head ->
                CodeBlock.of(
                    "$T.ofImages($Zthis, this::$L, $L, $L, this::$L)",
                    RuntimeTypes.FLOAT_BATCHES,
                    NetworkBody.APPLY_IMAGE,
                    head.input().size(),
                    head.widest(),
                    APPLY_HEAD))
        .orElse(CodeBlock.of("$T.ofImages(this)", RuntimeTypes.FLOAT_BATCHES));
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(RuntimeTypes.PARAMETERS, "parameters")
            .addStatement("super(parameters)");
    for (ClassNames.CalleeName callee : names.callees()) {
      constructor.addParameter(callee.type(), callee.variable());
      constructor.addStatement("this.$L = $L", callee.variable(), callee.variable());
    }
    constructor.addCode(body.initialisation());
    return constructor.build();
  }

  private MethodSpec newWorkspace() {
    return overriding("newWorkspace")
        .returns(RuntimeTypes.WORKSPACE)
        .addStatement("return new $L($L)", NetworkBody.BUFFERS, names.calleeVariables(""))
        .build();
  }

  private static MethodSpec batchesGetter() {
    return MethodSpec.methodBuilder("batches")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(RuntimeTypes.FLOAT_BATCHES)
        .addStatement("return batches")
        .build();
  }

  private MethodSpec applyInWorkspace() {
    return overriding("apply")
        .addParameter(RuntimeTypes.WORKSPACE, "workspace")
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "output")
        .addStatement(
            "$T.checkLengths(input.length, $L, output.length, $L)",
            RuntimeTypes.ARGUMENTS,
            graph.input().size(),
            graph.output().size())
        .addCode(ownWorkspace())
        .addCode(body.run())
        .addStatement(
            "$T.arraycopy($L, 0, output, 0, $L)",
            System.class,
            body.place(graph.output()),
            graph.output().size())
        .build();
  }

  private CodeBlock ownWorkspace() {
    return CodeBlock.builder()
        .beginControlFlow("if (!(workspace instanceof $L buffers))", NetworkBody.BUFFERS)
        .addStatement(
            "throw $T.foreignWorkspace(workspace, $T.class)",
            RuntimeTypes.ARGUMENTS,
            names.generated())
        .endControlFlow()
        .build();
  }

  private MethodSpec applyTransposed() {
    return overriding("applyTransposed")
        .addParameter(RuntimeTypes.WORKSPACE, "workspace")
        .addParameter(scalar.matrix(), "inputs")
        .addParameter(scalar.matrix(), "outputs")
        .addParameter(TypeName.INT, "rows")
        .addStatement(
            "$T.checkBlocks(inputs, $L, outputs, $L, rows)",
            RuntimeTypes.ARGUMENTS,
            graph.input().size(),
            graph.output().size())
        .addCode(onBlock())
        .build();
  }

  private CodeBlock onBlock() {
    return CodeBlock.builder()
        .add(ownWorkspace())
        .add(body.runBlock())
        .addStatement(
            "$T.copy($L, $L, outputs, 0, rows)",
            RuntimeTypes.TRANSPOSED,
            body.blockPlace(graph.output()),
            graph.output().size())
        .build();
  }

  /** Batches run it image by image. */
  private MethodSpec applyImage(KernelGraph head) {
    return MethodSpec.methodBuilder(NetworkBody.APPLY_IMAGE)
        .addModifiers(Modifier.PRIVATE)
        .returns(scalar.vector())
        .addParameter(RuntimeTypes.WORKSPACE, "workspace")
        .addParameter(scalar.vector(), "input")
        .addJavadoc("The layers before the first dense one, whose input is returned.")
        .addCode(ownWorkspace())
        .addCode(body.runImages())
        .addStatement("return $L", body.place(head.input()))
        .build();
  }

  private MethodSpec applyHead(KernelGraph head) {
    return MethodSpec.methodBuilder(APPLY_HEAD)
        .addModifiers(Modifier.PRIVATE)
        .addParameter(RuntimeTypes.WORKSPACE, "workspace")
        .addParameter(scalar.matrix(), NetworkBody.FEATURES)
        .addParameter(scalar.matrix(), "outputs")
        .addParameter(TypeName.INT, "rows")
        .addJavadoc(
            "$L",
            "The other layers, where {@code features[i][r]} is element i of {@code %s} of row r."
                .formatted(names.of(head.input())))
        .addCode(onBlock())
        .build();
  }

  static MethodSpec.Builder overriding(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }
}
