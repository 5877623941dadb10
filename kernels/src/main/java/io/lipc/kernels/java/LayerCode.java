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
}
