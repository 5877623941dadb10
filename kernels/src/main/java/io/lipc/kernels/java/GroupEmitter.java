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

  /** The variables that the bodies declare; parameters need other names. */
  static final Set<String> VARIABLES =
      Set.of("g", "j", "i", "k", "d", "max", "dot", "twice", "sum", "mean", "root");

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

  /**
   * The activation of groups whose elements are {@code pixels} apart.
   *
   * @param pixels 1 for neighbours
   */
  CodeBlock body(Activation.Grouped activation, int pixels) {
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> sort(activation.group(size), pixels);
      case HOUSEHOLDER -> reflect(activation.parameters(), pixels);
      case SOFTMAX -> softmax(activation.parameters().getFirst());
      case LAYER_NORM ->
          normalise(activation.group(size), activation.parameters().getFirst(), pixels);
      case L2_NORMALIZE -> unitLength(activation.parameters().getFirst());
    };
  }

  /** Opens loops over the groups, in which j is the place of the first element of one. */
  static void beginGroups(CodeBlock.Builder code, int size, int group, int pixels) {
    if (pixels == 1) {
      code.beginControlFlow("for (int j = 0; j < $L; j += $L)", size, group);
    } else {
      code.beginControlFlow("for (int g = 0; g < $L; g += $L)", size, group * pixels)
          .beginControlFlow("for (int j = g; j < g + $L; j++)", pixels);
    }
  }

  /** Closes what {@link #beginGroups} opens. */
  static CodeBlock.Builder endGroups(CodeBlock.Builder code, int pixels) {
    return pixels == 1 ? code.endControlFlow() : code.endControlFlow().endControlFlow();
  }

  private CodeBlock sort(int group, int pixels) {
    String step = pixels == 1 ? "++" : " += " + pixels;
    CodeBlock.Builder code =
        CodeBlock.builder()
            .addStatement("$T.arraycopy($L, 0, $L, 0, $L)", System.class, x, y, size);
    beginGroups(code, size, group, pixels);
    code.beginControlFlow("for (int i = j; i < j + $L; i$L)", group * pixels, step)
        .beginControlFlow("for (int k = i + $L; k < j + $L; k$L)", pixels, group * pixels, step)
        .addStatement("$T max = $T.max($L[i], $L[k])", scalar.type(), Math.class, y, y)
        .addStatement("$L[k] = $T.min($L[i], $L[k])", y, Math.class, y, y)
        .addStatement("$L[i] = max", y)
        .endControlFlow()
        .endControlFlow();
    return endGroups(code, pixels).build();
  }

  private CodeBlock reflect(List<Double> v, int pixels) {
    String v0 = scalar.literal(v.get(0));
    String v1 = scalar.literal(v.get(1));
    String other = "j + " + pixels;
    CodeBlock.Builder code = CodeBlock.builder();
    beginGroups(code, size, 2, pixels);
    code.addStatement("$T dot = $L * $L[j] + $L * $L[$L]", scalar.type(), v0, x, v1, x, other)
        .addStatement("$T twice = 2 * $T.max(-dot, 0)", scalar.type(), Math.class)
        .addStatement("$L[j] = $L[j] + $L * twice", y, x, v0)
        .addStatement("$L[$L] = $L[$L] + $L * twice", y, other, x, other, v1);
    return endGroups(code, pixels).build();
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

  /** Sums, in doubles, are loops of their own, and so are the quotients: x may be y. */
  private CodeBlock normalise(int group, double epsilon, int pixels) {
    String of = group * pixels + "; i" + (pixels == 1 ? "++" : " += " + pixels);
    CodeBlock.Builder code = CodeBlock.builder();
    beginGroups(code, size, group, pixels);
    code.addStatement("double mean = 0")
        .beginControlFlow("for (int i = j; i < j + $L)", of)
        .addStatement("mean += $L[i]", x)
        .endControlFlow()
        .addStatement("mean /= $L", group)
        .addStatement("double sum = 0")
        .beginControlFlow("for (int i = j; i < j + $L)", of)
        .addStatement("double d = $L[i] - mean", x)
        .addStatement("sum += d * d")
        .endControlFlow()
        .addStatement(
            "double root = $T.sqrt(sum / $L + $L)",
            Math.class,
            group,
            Scalar.DOUBLE.literal(epsilon))
        .beginControlFlow("for (int i = j; i < j + $L)", of)
        .addStatement("$L[i] = $L", y, scalar.rounded(CodeBlock.of("(($L[i] - mean) / root)", x)))
        .endControlFlow();
    return endGroups(code, pixels).build();
  }

  /** The sum of squares, in doubles, is a loop of its own. */
  private CodeBlock unitLength(double least) {
    return CodeBlock.builder()
        .addStatement("double sum = 0")
        .beginControlFlow("for (int j = 0; j < $L; j++)", size)
        .addStatement("double d = $L[j]", x)
        .addStatement("sum += d * d")
        .endControlFlow()
        .addStatement(
            "double root = $1T.max($1T.sqrt(sum), $2L)", Math.class, Scalar.DOUBLE.literal(least))
        .beginControlFlow("for (int j = 0; j < $L; j++)", size)
        .addStatement("$L[j] = $L", y, scalar.rounded(CodeBlock.of("($L[j] / root)", x)))
        .endControlFlow()
        .build();
  }

  /** The body of {@link io.lipc.kernels.graph.CenterKernel}. */
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
