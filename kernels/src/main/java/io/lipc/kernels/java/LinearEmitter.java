package io.lipc.kernels.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.UnitKernel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes maps without tensors as Java, each as what is faster than its rows one by one. */
final class LinearEmitter {

  private static final Set<String> SELECTION_VARIABLES = Set.of("indices", "j");
  private static final Set<String> AFFINE_VARIABLES = Set.of("scale", "shift", "j");
  private static final TypeName INDICES = ArrayTypeName.of(TypeName.INT);

  private final LayerEmitter layers;
  private final ClassNames names;
  private final Scalar scalar;
  private final LayerEmitter.Places places;

  /**
   * @param layers the emitter of the same class, which knows what its methods are called
   */
  LinearEmitter(LayerEmitter layers, ClassNames names, Scalar scalar, LayerEmitter.Places places) {
    this.layers = layers;
    this.names = names;
    this.scalar = scalar;
    this.places = places;
  }

  LayerCode emit(LinearKernel linear) {
    return switch (linear.form()) {
      case LinearKernel.Form.Scale(double factor) -> scale(linear, factor);
      case LinearKernel.Form.Affine _ -> affine(linear);
      case LinearKernel.Form.Slice(int from) -> slice(linear, from);
      case LinearKernel.Form.Select _ -> select(linear);
    };
  }

  private LayerCode scale(LinearKernel scale, double factor) {
    Map<Buffer, String> variables = names.variables(scale, LayerEmitter.POINTWISE_VARIABLES);
    String x = Lookup.in(variables, scale.source());
    String formula = scalar.decimal(factor) + " " + x;
    CodeBlock value = CodeBlock.of("$L * $L[j]", scalar.literal(factor), x);
    return layers.pointwise(scale, variables, formula, value);
  }

  /** The maps of a kernel whose factors and shifts, one per element, are those of a diagonal. */
  LayerCode affine(UnitKernel affine) {
    Map<Buffer, String> variables = names.variables(affine, AFFINE_VARIABLES);
    String x = Lookup.in(variables, affine.source());
    String y = Lookup.in(variables, affine.target());
    LayerCode.Parameter scale = affineParameter(affine, "Scale");
    LayerCode.Parameter shift = affineParameter(affine, "Shift");
    MethodSpec method =
        layers
            .method(affine, y + " = scale " + x + " + shift, elementwise")
            .addParameter(scalar.vector(), "scale")
            .addParameter(scalar.vector(), "shift")
            .addParameter(scalar.vector(), x)
            .addParameter(scalar.vector(), y)
            .beginControlFlow("for (int j = 0; j < $L; j++)", affine.target().size())
            .addStatement("$L[j] = scale[j] * $L[j] + shift[j]", y, x)
            .endControlFlow()
            .build();
    return new LayerCode(
        List.of(scale, shift),
        Optional.of(method),
        LayerEmitter.statement(
            "$N($N, $N, $L)",
            method,
            scale.field(),
            shift.field(),
            LayerEmitter.arguments(variables, places.row())),
        LayerEmitter.whole(
            "$T.affine($N, $N, $L, rows)",
            RuntimeTypes.TRANSPOSED,
            scale.field(),
            shift.field(),
            LayerEmitter.arguments(variables, places.block())));
  }

  private LayerCode.Parameter affineParameter(UnitKernel affine, String role) {
    return new LayerCode.Parameter(
        field(affine, scalar.vector(), role),
        CodeBlock.of("parameters.$L$L($S)", scalar.word(), role, affine.unit()));
  }

  private FieldSpec field(UnitKernel linear, TypeName type, String role) {
    return FieldSpec.builder(type, names.newField(names.of(linear.target()) + role))
        .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
        .build();
  }

  /** Elements that are not neighbours, one by one; in a block, row by row of it. */
  private LayerCode select(LinearKernel select) {
    Map<Buffer, String> variables = names.variables(select, SELECTION_VARIABLES);
    String x = Lookup.in(variables, select.source());
    String y = Lookup.in(variables, select.target());
    FieldSpec indices = field(select, INDICES, "Indices");
    MethodSpec method =
        layers
            .method(select, y + "[j] = " + x + "[indices[j]]")
            .addParameter(INDICES, "indices")
            .addParameter(scalar.vector(), x)
            .addParameter(scalar.vector(), y)
            .beginControlFlow("for (int j = 0; j < $L; j++)", select.target().size())
            .addStatement("$L[j] = $L[indices[j]]", y, x)
            .endControlFlow()
            .build();
    return new LayerCode(
        List.of(
            new LayerCode.Parameter(
                indices, CodeBlock.of("parameters.indices($S)", select.unit()))),
        Optional.of(method),
        LayerEmitter.statement(
            "$N($N, $L)", method, indices, LayerEmitter.arguments(variables, places.row())),
        LayerEmitter.whole(
            "$T.select($N, $L, rows)",
            RuntimeTypes.TRANSPOSED,
            indices,
            LayerEmitter.arguments(variables, places.block())));
  }

  private LayerCode slice(LinearKernel slice, int from) {
    return LayerEmitter.statementsOnly(
        LayerEmitter.statement(
            "$T.arraycopy($L, $L, $L, 0, $L)",
            System.class,
            layers.row(slice.source()),
            from,
            layers.row(slice.target()),
            slice.target().size()),
        LayerEmitter.whole(
            "$T.slice($L, $L, $L, $L, rows)",
            RuntimeTypes.TRANSPOSED,
            layers.block(slice.source()),
            from,
            layers.block(slice.target()),
            slice.target().size()));
  }
}
