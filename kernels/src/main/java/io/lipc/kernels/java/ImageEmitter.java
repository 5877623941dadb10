package io.lipc.kernels.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.kernels.java.ImagePlan.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes convolutions and pools as Java: objects of the run-time library, and how they are called.
 */
final class ImageEmitter {

  private final LayerEmitter layers;
  private final ClassNames names;
  private final Scalar scalar;
  private final ImagePlan images;

  /**
   * @param layers the emitter of the same class
   */
  ImageEmitter(LayerEmitter layers, ClassNames names, Scalar scalar, ImagePlan images) {
    this.layers = layers;
    this.names = names;
    this.scalar = scalar;
    this.images = images;
  }

  LayerCode convolution(ConvolutionKernel kernel) {
    boolean hasRelu = kernel.activation().filter(layers::isFused).isPresent();
    String bias = kernel.map().bias().isPresent() ? " + b" : "";
    String sum = "K * " + names.of(kernel.source()) + bias;
    LayerCode.Parameter convolution =
        parameter(
            kernel.target(),
            scalar.convolution(),
            "Convolution",
            hasRelu ? "relu(" + sum + ")" : sum,
            packed(kernel, hasRelu));
    LayerCode product = convolution(kernel, convolution);
    return hasRelu || kernel.activation().isEmpty()
        ? product
        : LayerEmitter.followedBy(
            product,
            layers.emit(
                new ElementwiseKernel(
                    kernel.target(), kernel.target(), kernel.activation().orElseThrow())));
  }

  private LayerCode convolution(ConvolutionKernel kernel, LayerCode.Parameter convolution) {
    String x = layers.row(kernel.source());
    String y = layers.row(kernel.target());
    boolean inside = images.layout(kernel.source()).isPresent();
    Optional<LayerCode.Parameter> layout = layout(kernel.target());
    // A convolution is made with the layout of what it reads.
    List<LayerCode.Parameter> parameters =
        new ArrayList<>(layout(kernel.source()).stream().toList());
    parameters.add(convolution);
    layout.ifPresent(parameters::add);
    String name = convolution.field().name();
    CodeBlock call =
        layout.isPresent()
            ? LayerEmitter.statement(
                "$L.$L($L, $N, $L)", name, inside ? "apply" : "enter", x, layout.get().field(), y)
            : LayerEmitter.statement("$L.$L($L, $L)", name, inside ? "leave" : "apply", x, y);
    return new LayerCode(parameters, Optional.empty(), call, List.of());
  }

  private CodeBlock packed(ConvolutionKernel kernel, boolean hasRelu) {
    CodeBlock bias =
        kernel
            .map()
            .bias()
            .map(b -> CodeBlock.of("parameters.$LVector($S)", scalar.word(), b))
            .orElse(CodeBlock.of("new $T[$L]", scalar.type(), kernel.map().channels()));
    CodeBlock input =
        layout(kernel.source())
            .map(layout -> CodeBlock.of(", $N", layout.field()))
            .orElse(CodeBlock.of(""));
    return CodeBlock.of(
        "$T.$L($Zparameters.convolution($S)$L, parameters.$LVector($S), $L)",
        scalar.convolution(),
        hasRelu ? "relu" : "linear",
        kernel.unit(),
        input,
        scalar.word(),
        kernel.map().weight(),
        bias);
  }

  LayerCode pool(PoolKernel kernel) {
    LayerCode.Parameter pool =
        parameter(
            kernel.target(),
            scalar.pool(),
            "Pool",
            kernel.word() + "(" + names.of(kernel.source()) + ")",
            pooled(kernel));
    Optional<LayerCode.Parameter> from = layout(kernel.source());
    Optional<LayerCode.Parameter> to = layout(kernel.target());
    List<LayerCode.Parameter> parameters = new ArrayList<>(List.of(pool));
    from.ifPresent(parameters::add);
    to.ifPresent(parameters::add);
    String x = layers.row(kernel.source());
    String y = layers.row(kernel.target());
    FieldSpec field = pool.field();
    CodeBlock call;
    if (from.isEmpty()) {
      call = LayerEmitter.statement("$N.apply($L, $L)", field, x, y);
    } else if (to.isEmpty()) {
      call = LayerEmitter.statement("$N.leave($N, $L, $L)", field, from.get().field(), x, y);
    } else {
      call =
          LayerEmitter.statement(
              "$N.apply($N, $L, $N, $L)", field, from.get().field(), x, to.get().field(), y);
    }
    return new LayerCode(parameters, Optional.empty(), call, List.of());
  }

  private CodeBlock pooled(PoolKernel kernel) {
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add("$T.$L(", scalar.pool(), kernel.factor().isPresent() ? "average" : "max")
            .add("$L, $L", grid(kernel.input()), window(kernel.window()));
    kernel.factor().ifPresent(factor -> code.add(", $L", scalar.literal(factor)));
    return code.add(")").build();
  }

  /** The layout of a buffer's image; empty where it is a vector. */
  private Optional<LayerCode.Parameter> layout(Buffer buffer) {
    return images.layout(buffer).map(layout -> layers.layout(buffer, () -> field(buffer, layout)));
  }

  private LayerCode.Parameter field(Buffer buffer, Layout layout) {
    String y = names.of(buffer);
    FieldSpec field =
        FieldSpec.builder(RuntimeTypes.IMAGE_LAYOUT, names.newField(y + "Layout"))
            .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
            .addJavadoc("$L", "How {@code " + y + "} lies in memory.")
            .build();
    return new LayerCode.Parameter(field, code(layout));
  }

  private static CodeBlock code(Layout layout) {
    return CodeBlock.of(
        "new $T($L, $L)", RuntimeTypes.IMAGE_LAYOUT, grid(layout.grid()), list(layout.padding()));
  }

  private static CodeBlock grid(Grid grid) {
    return CodeBlock.of("new $T($L)", RuntimeTypes.GRID, list(grid.extents()));
  }

  private static CodeBlock window(Window window) {
    return CodeBlock.of(
        "$T.plain($T.of($L), $T.of($L))",
        RuntimeTypes.WINDOW,
        List.class,
        list(window.kernel()),
        List.class,
        list(window.stride()));
  }

  private static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private LayerCode.Parameter parameter(
      Buffer buffer, TypeName type, String role, String formula, CodeBlock value) {
    String y = names.of(buffer);
    FieldSpec field =
        FieldSpec.builder(type, names.newField(y + role))
            .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
            .addJavadoc("$L", "{@code " + y + " = " + formula + "}.")
            .build();
    return new LayerCode.Parameter(field, value);
  }
}
