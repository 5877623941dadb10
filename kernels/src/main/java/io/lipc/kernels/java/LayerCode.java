package io.lipc.kernels.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import java.util.List;
import java.util.Optional;

/**
 * The Java of one kernel.
 *
 * @param parameters the fields that hold its weights
 * @param method what it computes; absent where the statements say it all
 * @param statements run it on one row
 * @param blockSteps run it on a block of rows that lie transposed; none where windows move
 */
record LayerCode(
    List<Parameter> parameters,
    Optional<MethodSpec> method,
    CodeBlock statements,
    List<BlockStep> blockSteps) {

  LayerCode {
    parameters = List.copyOf(parameters);
    blockSteps = List.copyOf(blockSteps);
  }

  /** A field, and the expression that loads it from the variable {@code parameters}. */
  record Parameter(FieldSpec field, CodeBlock value) {}

  /** The fields of several layers, each once. */
  static List<FieldSpec> fieldsOf(List<LayerCode> layers) {
    return layers.stream()
        .flatMap(layer -> layer.parameters().stream())
        .map(Parameter::field)
        .distinct()
        .toList();
  }

  /** The code that loads these fields. */
  static CodeBlock assignments(List<LayerCode> layers) {
    CodeBlock.Builder code = CodeBlock.builder();
    layers.stream()
        .flatMap(layer -> layer.parameters().stream())
        .distinct()
        .forEach(p -> code.addStatement("this.$L = $L", p.field().name(), p.value()));
    return code.build();
  }

  /** The code that runs the layers on one row. */
  static CodeBlock statements(List<LayerCode> layers) {
    CodeBlock.Builder code = CodeBlock.builder();
    layers.forEach(layer -> code.add(layer.statements()));
    return code.build();
  }

  /** The code that runs the layers on a block of rows. */
  static CodeBlock blockStatements(List<LayerCode> layers) {
    return BlockStep.code(layers.stream().flatMap(layer -> layer.blockSteps().stream()).toList());
  }

  /** Their methods. */
  static List<MethodSpec> methodsOf(List<LayerCode> layers) {
    return layers.stream().flatMap(layer -> layer.method().stream()).toList();
  }
}
