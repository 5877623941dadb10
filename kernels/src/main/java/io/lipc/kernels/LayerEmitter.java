package io.lipc.kernels;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.model.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes kernels as Java. A kernel with arithmetic is a small static method that is named after its
 * layer; its loops index every array by the same plain {@code j}, which is what C2 vectorises.
 */
final class LayerEmitter {

  private static final Set<String> DENSE_VARIABLES = Set.of("weight", "bias", "j");
  private static final Set<String> AFFINE_VARIABLES = Set.of("scale", "shift", "j");

  private final ClassNames names;
  private final Scalar scalar;
  private final Function<Buffer, String> place;
  private final Map<Buffer, Integer> methods = new HashMap<>();

  /**
   * An emitter for one class.
   *
   * @param place the expression for a buffer where kernels are called
   */
  LayerEmitter(ClassNames names, Scalar scalar, Function<Buffer, String> place) {
    this.names = names;
    this.scalar = scalar;
    this.place = place;
  }

  LayerCode emit(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Gemm gemm -> dense(gemm);
      case Kernel.Elementwise elementwise -> elementwise(elementwise);
      case Kernel.MaxMin maxMin -> maxMin(maxMin);
      case Kernel.Grouped grouped -> grouped(grouped);
      case Kernel.Add add -> add(add);
      case Kernel.Scale scale -> scale(scale);
      case Kernel.Affine affine -> affine(affine);
      case Kernel.CallNetwork call -> {
        ClassNames.CalleeName callee = names.callee(call.network());
        yield statementOnly(
            CodeBlock.of(
                "$L.apply(buffers.$L, $L, $L)",
                callee.variable(),
                callee.workspace(),
                place.apply(call.source()),
                place.apply(call.target())));
      }
      case Kernel.Slice slice ->
          statementOnly(
              CodeBlock.of(
                  "$T.arraycopy($L, $L, $L, 0, $L)",
                  System.class,
                  place.apply(slice.source()),
                  slice.from(),
                  place.apply(slice.target()),
                  slice.target().size()));
      case Kernel.Copy copy ->
          statementOnly(
              CodeBlock.of(
                  "$T.arraycopy($L, 0, $L, $L, $L)",
                  System.class,
                  place.apply(copy.source()),
                  place.apply(copy.target()),
                  copy.offset(),
                  copy.source().size()));
    };
  }

  private LayerCode dense(Kernel.Gemm gemm) {
    Map<Buffer, String> variables = names.variables(gemm, DENSE_VARIABLES);
    String x = Lookup.in(variables, gemm.source());
    String y = Lookup.in(variables, gemm.target());
    List<LayerCode.Parameter> parameters = new ArrayList<>();
    parameters.add(parameter(gemm, "Weight", scalar.matrix(), "Columns($S)", gemm.weight()));
    gemm.bias()
        .ifPresent(b -> parameters.add(parameter(gemm, "Bias", scalar.vector(), "Vector($S)", b)));

    String product = "W " + x + (gemm.bias().isPresent() ? " + b" : "");
    String formula = gemm.activation().map(a -> call(a, product)).orElse(product);
    CodeBlock.Builder body = CodeBlock.builder();
    if (gemm.bias().isPresent()) {
      body.addStatement("$T.dense(weight, bias, $L, $L)", RuntimeTypes.KERNELS, x, y);
    } else {
      body.addStatement("$T.dense(weight, $L, $L)", RuntimeTypes.KERNELS, x, y);
    }
    gemm.activation()
        .ifPresent(a -> body.add(loop(gemm.target(), y, scalar.activation(a, y + "[j]"))));
    return method(gemm, variables, List.of("weight", "bias"), parameters, formula, body.build());
  }

  private LayerCode elementwise(Kernel.Elementwise elementwise) {
    Map<Buffer, String> variables = names.variables(elementwise, Set.of("j"));
    String x = Lookup.in(variables, elementwise.source());
    String y = Lookup.in(variables, elementwise.target());
    CodeBlock value = scalar.activation(elementwise.activation(), x + "[j]");
    return method(
        elementwise,
        variables,
        call(elementwise.activation(), x),
        loop(elementwise.target(), y, value));
  }

  private LayerCode maxMin(Kernel.MaxMin maxMin) {
    Map<Buffer, String> variables = names.variables(maxMin, Set.of("j"));
    String x = Lookup.in(variables, maxMin.source());
    String y = Lookup.in(variables, maxMin.target());
    CodeBlock body =
        CodeBlock.builder()
            .beginControlFlow("for (int j = 0; j < $L; j += 2)", maxMin.target().size())
            .addStatement("$L[j] = $T.max($L[j], $L[j + 1])", y, Math.class, x, x)
            .addStatement("$L[j + 1] = $T.min($L[j], $L[j + 1])", y, Math.class, x, x)
            .endControlFlow()
            .build();
    return method(maxMin, variables, "maxmin(" + x + ")", body);
  }

  private LayerCode grouped(Kernel.Grouped grouped) {
    Map<Buffer, String> variables = names.variables(grouped, GroupEmitter.VARIABLES);
    String x = Lookup.in(variables, grouped.source());
    String y = Lookup.in(variables, grouped.target());
    GroupEmitter emitter = new GroupEmitter(scalar, x, y, grouped.target().size());
    return method(
        grouped, variables, call(grouped.activation(), x), emitter.body(grouped.activation()));
  }

  private LayerCode add(Kernel.Add add) {
    Map<Buffer, String> variables = names.variables(add, Set.of("j"));
    List<String> terms =
        add.sources().stream().map(source -> Lookup.in(variables, source)).toList();
    String sum = terms.stream().map(t -> t + "[j]").collect(Collectors.joining(" + "));
    return method(
        add,
        variables,
        String.join(" + ", terms),
        loop(add.target(), Lookup.in(variables, add.target()), CodeBlock.of("$L", sum)));
  }

  private LayerCode scale(Kernel.Scale scale) {
    Map<Buffer, String> variables = names.variables(scale, Set.of("j"));
    String x = Lookup.in(variables, scale.source());
    String factor = scalar.literal(scale.factor());
    return method(
        scale,
        variables,
        scalar.decimal(scale.factor()) + " " + x,
        loop(
            scale.target(),
            Lookup.in(variables, scale.target()),
            CodeBlock.of("$L * $L[j]", factor, x)));
  }

  private LayerCode affine(Kernel.Affine affine) {
    Map<Buffer, String> variables = names.variables(affine, AFFINE_VARIABLES);
    String x = Lookup.in(variables, affine.source());
    List<LayerCode.Parameter> parameters =
        List.of(
            parameter(affine, "Scale", scalar.vector(), "Scale($L)", affine.index()),
            parameter(affine, "Shift", scalar.vector(), "Shift($L)", affine.index()));
    return method(
        affine,
        variables,
        List.of("scale", "shift"),
        parameters,
        "scale " + x + " + shift, elementwise",
        loop(
            affine.target(),
            Lookup.in(variables, affine.target()),
            CodeBlock.of("scale[j] * $L[j] + shift[j]", x)));
  }

  private static LayerCode statementOnly(CodeBlock call) {
    return new LayerCode(List.of(), Optional.empty(), call);
  }

  private LayerCode.Parameter parameter(
      Kernel kernel, String suffix, TypeName type, String accessor, Object argument) {
    FieldSpec field =
        FieldSpec.builder(type, names.newField(names.of(kernel.target()) + suffix))
            .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
            .build();
    return new LayerCode.Parameter(
        field, CodeBlock.of("parameters.$L" + accessor, scalar.word(), argument));
  }

  private static CodeBlock loop(Buffer target, String y, CodeBlock value) {
    return CodeBlock.builder()
        .beginControlFlow("for (int j = 0; j < $L; j++)", target.size())
        .addStatement("$L[j] = $L", y, value)
        .endControlFlow()
        .build();
  }

  private LayerCode method(
      Kernel kernel, Map<Buffer, String> variables, String formula, CodeBlock body) {
    return method(kernel, variables, List.of(), List.of(), formula, body);
  }

  /** The method that takes the distinct sources, the weights and the target, in this order. */
  private LayerCode method(
      Kernel kernel,
      Map<Buffer, String> variables,
      List<String> weightNames,
      List<LayerCode.Parameter> weights,
      String formula,
      CodeBlock body) {
    Buffer target = kernel.target();
    String name = names.newMethod(target, methods.merge(target, 1, Integer::sum));
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .addJavadoc("$L", "{@code " + Lookup.in(variables, target) + " = " + formula + "}.");
    List<String> arguments = new ArrayList<>();
    variables.forEach(
        (buffer, variable) -> {
          if (!buffer.equals(target)) {
            method.addParameter(scalar.vector(), variable);
            arguments.add(place.apply(buffer));
          }
        });
    for (int i = 0; i < weights.size(); i++) {
      method.addParameter(weights.get(i).field().type(), weightNames.get(i));
      arguments.add(weights.get(i).field().name());
    }
    method.addParameter(scalar.vector(), Lookup.in(variables, target)).addCode(body);
    arguments.add(place.apply(target));
    CodeBlock call = CodeBlock.of("$L($L)", name, String.join(", ", arguments));
    return new LayerCode(weights, Optional.of(method.build()), call);
  }

  private String call(Activation activation, String argument) {
    String parameters =
        activation.parameters().stream()
            .map(p -> ", " + scalar.decimal(p))
            .collect(Collectors.joining());
    return activation.kind().word() + "(" + argument + parameters + ")";
  }
}
