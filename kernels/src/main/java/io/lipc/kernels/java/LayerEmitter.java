package io.lipc.kernels.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.BatchNormKernel;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.kernels.graph.UnaryKernel;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Writes kernels as Java, for one row and for a block of rows that lie transposed. Dense layers are
 * objects of the run-time library, with their relu. Each other kernel is a small static method that
 * is named after its layer. Its loops index every array by the same plain {@code j}, which C2
 * vectorises. A method of one element at a time serves both: {@code j} runs over the elements of a
 * row, or over the rows of an element.
 */
final class LayerEmitter {

  /**
   * The expressions for a buffer where kernels run.
   *
   * @param row its elements, on one row
   * @param block its elements of all rows, on a block
   */
  record Places(Function<Buffer, String> row, Function<Buffer, String> block) {}

  static final Set<String> POINTWISE_VARIABLES = Set.of("j", "n");

  private final ClassNames names;
  private final Scalar scalar;
  private final ImagePlan images;
  private final Places places;
  private final Map<Buffer, Integer> methods = new HashMap<>();
  private final Map<Buffer, LayerCode.Parameter> layouts = new HashMap<>();

  /**
   * An emitter for one class.
   *
   * @param images which buffers hold images among zeros
   */
  LayerEmitter(ClassNames names, Scalar scalar, ImagePlan images, Places places) {
    this.names = names;
    this.images = images;
    this.scalar = scalar;
    this.places = places;
  }

  LayerCode emit(Kernel kernel) {
    return switch (kernel) {
      case GemmKernel gemm -> dense(gemm);
      case ElementwiseKernel elementwise -> elementwise(elementwise);
      case MaxMinKernel maxMin -> maxMin(maxMin);
      case GroupedKernel grouped -> grouped(grouped);
      case CenterKernel center -> center(center);
      case AddKernel add -> add(add);
      case LinearKernel linear -> linear().emit(linear);
      case BatchNormKernel norm -> linear().affine(norm);
      case ConvolutionKernel convolution -> images().convolution(convolution);
      case PoolKernel pool -> images().pool(pool);
      case CallKernel call -> call(call);
      case CopyKernel copy -> copy(copy);
    };
  }

  /** The field of a buffer's layout: each class that uses it declares the same one. */
  LayerCode.Parameter layout(Buffer buffer, Supplier<LayerCode.Parameter> first) {
    return layouts.computeIfAbsent(buffer, _ -> first.get());
  }

  private ImageEmitter images() {
    return new ImageEmitter(this, names, scalar, images);
  }

  private LinearEmitter linear() {
    return new LinearEmitter(this, names, scalar, places);
  }

  private LayerCode dense(GemmKernel gemm) {
    boolean hasRelu = gemm.activation().filter(this::isFused).isPresent();
    FieldSpec field = denseField(gemm, hasRelu);
    LayerCode product =
        new LayerCode(
            List.of(new LayerCode.Parameter(field, packed(gemm, hasRelu))),
            Optional.empty(),
            statement("$N.apply($L, $L)", field, row(gemm.source()), row(gemm.target())),
            whole("$N.apply($L, $L, rows)", field, block(gemm.source()), block(gemm.target())));
    if (hasRelu || gemm.activation().isEmpty()) {
      return product;
    }
    Kernel inPlace =
        new ElementwiseKernel(gemm.target(), gemm.target(), gemm.activation().orElseThrow());
    return followedBy(product, emit(inPlace));
  }

  boolean isFused(Activation.Pointwise activation) {
    return activation.kind() == PointwiseKind.RELU && scalar == Scalar.FLOAT;
  }

  private FieldSpec denseField(GemmKernel gemm, boolean hasRelu) {
    String y = names.of(gemm.target());
    String product = "W " + names.of(gemm.source()) + (gemm.bias().isPresent() ? " + b" : "");
    return FieldSpec.builder(scalar.denseLayer(), names.newField(y + "Dense"))
        .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
        .addJavadoc(
            "$L", "{@code " + y + " = " + (hasRelu ? "relu(" + product + ")" : product) + "}.")
        .build();
  }

  private CodeBlock packed(GemmKernel gemm, boolean hasRelu) {
    CodeBlock bias =
        gemm.bias()
            .map(b -> CodeBlock.of("parameters.$LVector($S)", scalar.word(), b))
            .orElse(CodeBlock.of("new $T[$L]", scalar.type(), gemm.target().size()));
    return CodeBlock.of(
        "$T.$L($Zparameters.$LColumns($S), $L)",
        scalar.denseLayer(),
        hasRelu ? "relu" : "linear",
        scalar.word(),
        gemm.weight(),
        bias);
  }

  private LayerCode elementwise(ElementwiseKernel elementwise) {
    Map<Buffer, String> variables = names.variables(elementwise, POINTWISE_VARIABLES);
    String x = Lookup.in(variables, elementwise.source());
    Activation.Pointwise activation = elementwise.activation();
    return pointwise(
        elementwise, variables, formula(activation, x), scalar.activation(activation, x + "[j]"));
  }

  private LayerCode add(AddKernel add) {
    Map<Buffer, String> variables = names.variables(add, POINTWISE_VARIABLES);
    List<String> terms = add.sources().stream().map(b -> Lookup.in(variables, b)).toList();
    String sum = terms.stream().map(t -> t + "[j]").collect(Collectors.joining(" + "));
    return pointwise(add, variables, String.join(" + ", terms), CodeBlock.of("$L", sum));
  }

  /** A kernel whose element j is {@code value}, of the elements j of its sources. */
  LayerCode pointwise(
      Kernel kernel, Map<Buffer, String> variables, String formula, CodeBlock value) {
    Buffer target = kernel.target();
    String y = Lookup.in(variables, target);
    MethodSpec.Builder method = method(kernel, y + " = " + formula);
    variables.values().forEach(variable -> method.addParameter(scalar.vector(), variable));
    method
        .addParameter(TypeName.INT, "n")
        .beginControlFlow("for (int j = 0; j < n; j++)")
        .addStatement("$L[j] = $L", y, value)
        .endControlFlow();
    MethodSpec built = method.build();
    CodeBlock onElement =
        statement("$N($L, rows)", built, arguments(variables, b -> block(b) + "[i]"));
    return new LayerCode(
        List.of(),
        Optional.of(built),
        statement("$N($L, $L)", built, arguments(variables, places.row()), images.size(target)),
        List.of(new BlockStep.PerElement(target.size(), onElement)));
  }

  private LayerCode maxMin(MaxMinKernel maxMin) {
    Map<Buffer, String> variables = names.variables(maxMin, Set.of("g", "j"));
    String x = Lookup.in(variables, maxMin.source());
    String y = Lookup.in(variables, maxMin.target());
    int size = maxMin.target().size();
    MethodSpec method =
        method(maxMin, y + " = maxmin(" + x + ")")
            .addParameter(scalar.vector(), x)
            .addParameter(scalar.vector(), y)
            .addCode(pairs(maxMin, x, y))
            .build();
    return new LayerCode(
        List.of(),
        Optional.of(method),
        statement("$N($L)", method, arguments(variables, places.row())),
        whole(
            "$T.maxMin($L, $L, $L, $Lrows)",
            RuntimeTypes.TRANSPOSED,
            block(maxMin.source()),
            block(maxMin.target()),
            size,
            maxMin.pixels() == 1 ? "" : maxMin.pixels() + ", "));
  }

  /** Sorts pairs; in an image, a channel's pixels lie between the two elements of a pair. */
  private static CodeBlock pairs(MaxMinKernel maxMin, String x, String y) {
    int pixels = maxMin.pixels();
    CodeBlock.Builder code = CodeBlock.builder();
    GroupEmitter.beginGroups(code, maxMin.target().size(), 2, pixels);
    code.addStatement("$L[j] = $T.max($L[j], $L[j + $L])", y, Math.class, x, x, pixels)
        .addStatement("$1L[j + $4L] = $2T.min($3L[j], $3L[j + $4L])", y, Math.class, x, pixels);
    return GroupEmitter.endGroups(code, pixels).build();
  }

  private LayerCode grouped(GroupedKernel grouped) {
    return rowByRow(
        grouped,
        x -> formula(grouped.activation(), x),
        emitter -> emitter.body(grouped.activation(), grouped.pixels()));
  }

  private LayerCode center(CenterKernel center) {
    return rowByRow(center, x -> "center(" + x + ")", GroupEmitter::center);
  }

  /** Groups are taken row by row: in a block their elements lie apart. */
  private LayerCode rowByRow(
      UnaryKernel kernel, UnaryOperator<String> formula, Function<GroupEmitter, CodeBlock> body) {
    Map<Buffer, String> variables = names.variables(kernel, GroupEmitter.VARIABLES);
    String x = Lookup.in(variables, kernel.source());
    String y = Lookup.in(variables, kernel.target());
    int size = kernel.target().size();
    MethodSpec method =
        method(kernel, y + " = " + formula.apply(x))
            .addParameter(scalar.vector(), x)
            .addParameter(scalar.vector(), y)
            .addCode(body.apply(new GroupEmitter(scalar, x, y, size)))
            .build();
    String room = row(kernel.target());
    CodeBlock onBlock =
        CodeBlock.builder()
            .beginControlFlow("for (int r = 0; r < rows; r++)")
            .addStatement(
                "$T.gather($L, r, $L, $L)",
                RuntimeTypes.TRANSPOSED,
                block(kernel.source()),
                room,
                size)
            .addStatement("$N($L, $L)", method, room, room)
            .addStatement(
                "$T.scatter($L, $L, $L, r)",
                RuntimeTypes.TRANSPOSED,
                room,
                size,
                block(kernel.target()))
            .endControlFlow()
            .build();
    return new LayerCode(
        List.of(),
        Optional.of(method),
        statement("$N($L)", method, arguments(variables, places.row())),
        List.of(new BlockStep.Whole(onBlock)));
  }

  private LayerCode call(CallKernel call) {
    ClassNames.CalleeName callee = names.callee(call.network());
    return statementsOnly(
        statement(
            "$L.apply(buffers.$L, $L, $L)",
            callee.variable(),
            callee.workspace(),
            row(call.source()),
            row(call.target())),
        whole(
            "$L.applyTransposed(buffers.$L, $L, $L, rows)",
            callee.variable(),
            callee.workspace(),
            block(call.source()),
            block(call.target())));
  }

  private LayerCode copy(CopyKernel copy) {
    return statementsOnly(
        statement(
            "$T.arraycopy($L, 0, $L, $L, $L)",
            System.class,
            row(copy.source()),
            row(copy.target()),
            copy.offset(),
            copy.source().size()),
        whole(
            "$T.copy($L, $L, $L, $L, rows)",
            RuntimeTypes.TRANSPOSED,
            block(copy.source()),
            copy.source().size(),
            block(copy.target()),
            copy.offset()));
  }

  static LayerCode statementsOnly(CodeBlock onRow, List<BlockStep> onBlock) {
    return new LayerCode(List.of(), Optional.empty(), onRow, onBlock);
  }

  static LayerCode followedBy(LayerCode first, LayerCode second) {
    return new LayerCode(
        first.parameters(),
        second.method(),
        CodeBlock.builder().add(first.statements()).add(second.statements()).build(),
        Stream.concat(first.blockSteps().stream(), second.blockSteps().stream()).toList());
  }

  static CodeBlock statement(String format, Object... arguments) {
    return CodeBlock.builder().addStatement(format, arguments).build();
  }

  static List<BlockStep> whole(String format, Object... arguments) {
    return List.of(new BlockStep.Whole(statement(format, arguments)));
  }

  String row(Buffer buffer) {
    return places.row().apply(buffer);
  }

  String block(Buffer buffer) {
    return places.block().apply(buffer);
  }

  /** The distinct sources and the target, in this order. */
  static String arguments(Map<Buffer, String> variables, Function<Buffer, String> place) {
    return variables.keySet().stream().map(place).collect(Collectors.joining(", "));
  }

  MethodSpec.Builder method(Kernel kernel, String formula) {
    Buffer target = kernel.target();
    return MethodSpec.methodBuilder(names.newMethod(target, methods.merge(target, 1, Integer::sum)))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc("$L", "{@code " + formula + "}.");
  }

  private String formula(Activation activation, String argument) {
    String parameters =
        activation.parameters().stream()
            .map(p -> ", " + scalar.decimal(p))
            .collect(Collectors.joining());
    return activation.kind().word() + "(" + argument + parameters + ")";
  }
}
