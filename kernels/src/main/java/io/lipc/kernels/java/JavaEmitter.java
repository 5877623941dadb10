package io.lipc.kernels.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Norm;
import java.util.Arrays;
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
  private final boolean hasBox;

  private JavaEmitter(CheckedNetwork checked, KernelGraph graph, EmissionContext context) {
    this.checked = checked;
    this.graph = graph;
    this.context = context;
    this.scalar = Scalar.of(graph.precision());
    this.names = new ClassNames(className(checked), graph, context);
    this.body = new NetworkBody(names, scalar, graph);
    this.hasBox = checked.network().input().box().isPresent();
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
            .addSuperinterface(scalar.networkInterface())
            .addJavadoc("$L", Documentation.of(checked, context.certifiedBound()))
            .addField(loader());
    type.addFields(fields()).addMethod(constructor());
    type.addMethods(new LoadMethods(names).methods(checked.network(), context.weightsResource()));
    type.addMethod(getter(TypeName.INT, "inputSize", CodeBlock.of("$L", graph.input().size())));
    type.addMethod(getter(TypeName.INT, "outputSize", CodeBlock.of("$L", graph.output().size())));
    type.addMethod(
        getter(TypeName.DOUBLE, "lipschitzBound", CodeBlock.of("$L", context.certifiedBound())));
    type.addMethod(getter(RuntimeTypes.SUBJECT, "subject", CodeBlock.of("subject")));
    type.addMethod(
        getter(
            RuntimeTypes.WORKSPACE,
            "newWorkspace",
            CodeBlock.of("new $L($L)", NetworkBody.BUFFERS, names.calleeVariables(""))));
    type.addMethod(apply()).addMethod(applyInWorkspace());
    if (scalar == Scalar.FLOAT) {
      type.addMethod(applyBatch());
    }
    if (body.runsTransposed()) {
      type.addMethod(applyTransposed());
    }
    body.head().ifPresent(head -> type.addMethod(applyImage(head)).addMethod(applyHead(head)));
    if (hasBox) {
      type.addMethod(certifiedRadius()).addMethod(certifiedRadiusInWorkspace());
      type.addMethod(certifiedRadiusOfLogits());
    } else {
      type.addMethod(noCertifiedRadius());
    }
    return body.addTo(type).build();
  }

  private FieldSpec loader() {
    return FieldSpec.builder(
            RuntimeTypes.LOADER, "LOADER", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "new $T(\n$>$>$T.class,\n$S,\n$S,\n$S$<$<)",
            RuntimeTypes.LOADER,
            names.generated(),
            checked.network().name(),
            context.certificateResource(),
            context.certificateDigest())
        .build();
  }

  private List<FieldSpec> fields() {
    TypeSpec.Builder fields = TypeSpec.classBuilder("Fields");
    for (ClassNames.CalleeName callee : names.callees()) {
      fields.addField(callee.type(), callee.variable(), Modifier.PRIVATE, Modifier.FINAL);
    }
    fields.addFields(body.fields());
    fields.addField(RuntimeTypes.SUBJECT, "subject", Modifier.PRIVATE, Modifier.FINAL);
    if (hasBox) {
      fields.addField(TypeName.DOUBLE, "maxError", Modifier.PRIVATE, Modifier.FINAL);
    }
    fields.addField(
        FieldSpec.builder(
                ParameterizedTypeName.get(ClassName.get(ThreadLocal.class), RuntimeTypes.WORKSPACE),
                "workspaces",
                Modifier.PRIVATE,
                Modifier.FINAL)
            .initializer("$T.withInitial(this::newWorkspace)", ThreadLocal.class)
            .build());
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
            .addParameter(RuntimeTypes.PARAMETERS, "parameters");
    for (ClassNames.CalleeName callee : names.callees()) {
      constructor.addParameter(callee.type(), callee.variable());
      constructor.addStatement("this.$L = $L", callee.variable(), callee.variable());
    }
    constructor.addCode(body.initialisation());
    constructor.addStatement("this.subject = parameters.subject()");
    if (hasBox) {
      constructor.addStatement("this.maxError = parameters.maxError()");
    }
    return constructor.build();
  }

  private static MethodSpec getter(TypeName type, String name, CodeBlock value) {
    return overriding(name).returns(type).addStatement("return $L", value).build();
  }

  private MethodSpec apply() {
    return overriding("apply")
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "output")
        .addStatement("apply(workspaces.get(), input, output)")
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

  private MethodSpec applyBatch() {
    return overriding("apply")
        .addParameter(scalar.matrix(), "inputs")
        .addParameter(scalar.matrix(), "outputs")
        .addStatement("batches.apply(inputs, outputs)")
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

  private MethodSpec certifiedRadius() {
    return overriding("certifiedRadius")
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "logits")
        .addJavadoc(
            """
            How far, in $L, an input may move within the declared box before the decision changes: the
            class of the largest logit, or the sign of a single one. Rounding errors of both
            evaluations are accounted for. The network is evaluated once more, because only logits of its
            own have a radius.

            @param logits what the network gave for that input
            @return the radius, rounded down; 0 outside of the box, for logits that differ in a bit, and
                where nothing can be said
            """,
            checked.network().spec().inputNorm().word())
        .addStatement("return certifiedRadius(workspaces.get(), input, logits)")
        .build();
  }

  /** The runtime's own method gives 0 as well; this one says why, and what to do about it. */
  private MethodSpec noCertifiedRadius() {
    return overriding("certifiedRadius")
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "logits")
        .addJavadoc(
            """
            Always 0, because no box of inputs is declared: rounding errors grow with the inputs, and
            without a box nothing bounds them. The Lipschitz bound holds for all inputs nevertheless. For
            radii declare where the inputs lie, by {@code in [-1, 1]} behind the input of a text, or by
            {@code min = -1, max = 1} in {@code @Input}.

            @param logits what the network gave for that input
            @return 0
            """)
        .addStatement(
            "$T.checkLogits(input.length, $L, logits.length, $L)",
            RuntimeTypes.ARGUMENTS,
            graph.input().size(),
            graph.output().size())
        .addStatement("return 0")
        .build();
  }

  /** The logits are computed into the room that they have in the workspace anyway. */
  private MethodSpec certifiedRadiusInWorkspace() {
    String computed = body.place(graph.output());
    return overriding("certifiedRadius")
        .returns(TypeName.DOUBLE)
        .addParameter(RuntimeTypes.WORKSPACE, "workspace")
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "logits")
        .addStatement(
            "$T.checkLogits(input.length, $L, logits.length, $L)",
            RuntimeTypes.ARGUMENTS,
            graph.input().size(),
            graph.output().size())
        .addCode(ownWorkspace())
        .beginControlFlow("if (!contains(input))")
        .addStatement("return 0")
        .endControlFlow()
        .addStatement("apply(buffers, input, $L)", computed)
        .addStatement(
            "return $T.equals($L, logits)$W? $L : 0", Arrays.class, computed, radiusOfLogits())
        .build();
  }

  private MethodSpec certifiedRadiusOfLogits() {
    return MethodSpec.methodBuilder("certifiedRadius")
        .addAnnotation(Deprecated.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.vector(), "logits")
        .addJavadoc(
            """
            Assumes that this network gave the logits for an input inside of its declared box, and
            checks nothing: otherwise the result is not a radius. For such an input, it is that of
            {@link #certifiedRadius($1L[], $1L[])}.

            @param logits what the network gave for that input
            @return the radius, rounded down; 0 where nothing can be said
            @deprecated {@link #certifiedRadius($1L[], $1L[])} checks what is assumed here
            """,
            scalar.word())
        .addStatement("return $L", radiusOfLogits())
        .build();
  }

  private CodeBlock radiusOfLogits() {
    return CodeBlock.of(
        "$T.$L(logits, lipschitzBound(), maxError)",
        RuntimeTypes.CERTIFIED_RADIUS,
        checked.network().spec().outputNorm() == Norm.LINF ? "ofLinf" : "of");
  }

  private static MethodSpec.Builder overriding(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }
}
