package io.lipc.kernels.java;

import com.palantir.javapoet.CodeBlock;
import io.lipc.certificate.linear.Centering;
import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.Set;

/**
 * Writes {@link io.lipc.kernels.graph.GroupedKernel} and {@link io.lipc.kernels.graph.CenterKernel}
 * as Java: the arithmetic that is described there, in its order.
 */
final class GroupEmitter {

  /** What the bodies declare; parameters need other names. */
  static final Set<String> VARIABLES = Set.of("j", "i", "k", "max", "dot", "twice", "sum", "mean");

  private final Scalar scalar;
  private final String x;
  private final String y;
  private final int size;

  /**
   * An emitter for one method.
   *
   * @param x the variable of the source
   * @param y the variable of the target
   * @param size the number of elements of each
   */
  GroupEmitter(Scalar scalar, String x, String y, int size) {
    this.scalar = scalar;
    this.x = x;
    this.y = y;
    this.size = size;
  }

  CodeBlock body(Activation.Grouped activation) {
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> sort(activation.group(size));
      case HOUSEHOLDER -> reflect(activation.parameters());
      case SOFTMAX -> softmax(activation.parameters().getFirst());
    };
  }

  private CodeBlock sort(int group) {
    return CodeBlock.builder()
        .addStatement("$T.arraycopy($L, 0, $L, 0, $L)", System.class, x, y, size)
        .beginControlFlow("for (int j = 0; j < $L; j += $L)", size, group)
        .beginControlFlow("for (int i = j; i < j + $L; i++)", group)
        .beginControlFlow("for (int k = i + 1; k < j + $L; k++)", group)
        .addStatement("$T max = $T.max($L[i], $L[k])", scalar.type(), Math.class, y, y)
        .addStatement("$L[k] = $T.min($L[i], $L[k])", y, Math.class, y, y)
        .addStatement("$L[i] = max", y)
        .endControlFlow()
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  private CodeBlock reflect(List<Double> v) {
    String v0 = scalar.literal(v.get(0));
    String v1 = scalar.literal(v.get(1));
    return CodeBlock.builder()
        .beginControlFlow("for (int j = 0; j < $L; j += 2)", size)
        .addStatement("$T dot = $L * $L[j] + $L * $L[j + 1]", scalar.type(), v0, x, v1, x)
        .addStatement("$T twice = 2 * $T.max(-dot, 0)", scalar.type(), Math.class)
        .addStatement("$L[j] = $L[j] + $L * twice", y, x, v0)
        .addStatement("$L[j + 1] = $L[j + 1] + $L * twice", y, x, v1)
        .endControlFlow()
        .build();
  }

  /** The powers are kept in the target; their sum, in doubles, is a loop of its own. */
  private CodeBlock softmax(double temperature) {
    CodeBlock exponent = CodeBlock.of("($L[j] - max) / $L", x, Scalar.DOUBLE.literal(temperature));
    CodeBlock power =
        scalar == Scalar.FLOAT
            ? CodeBlock.of("$T.exp($L)", RuntimeTypes.ACTIVATIONS, exponent)
            : CodeBlock.of("$T.exp($L)", Math.class, exponent);
    return CodeBlock.builder()
        .addStatement("double max = $L[0]", x)
        .beginControlFlow("for (int j = 1; j < $L; j++)", size)
        .addStatement("max = $T.max(max, $L[j])", Math.class, x)
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < $L; j++)", size)
        .addStatement("$L[j] = $L", y, power)
        .endControlFlow()
        .addStatement("double sum = 0")
        .beginControlFlow("for (int j = 0; j < $L; j++)", size)
        .addStatement("sum += $L[j]", y)
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < $L; j++)", size)
        .addStatement("$L[j] = $L", y, scalar.rounded(CodeBlock.of("($L[j] / sum)", y)))
        .endControlFlow()
        .build();
  }

  /** Of {@link io.lipc.kernels.graph.CenterKernel}. */
  CodeBlock center() {
    String share = Scalar.DOUBLE.literal(Centering.share(size));
    return CodeBlock.builder()
        .addStatement("double mean = 0")
        .beginControlFlow("for (int j = 0; j < $L; j++)", size)
        .addStatement("mean += $L * $L[j]", share, x)
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < $L; j++)", size)
        .addStatement("$L[j] = $L", y, scalar.rounded(CodeBlock.of("($L[j] - mean)", x)))
        .endControlFlow()
        .build();
  }
}
