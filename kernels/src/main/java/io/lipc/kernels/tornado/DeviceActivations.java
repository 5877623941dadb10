package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Optional;

/**
 * Activations as expressions that TornadoVM compiles: of exp and tanh, in doubles, with one
 * rounding to float at the end, as {@link Kernel} says. There is no expm1: it is {@code 2 h / (1 -
 * h)} with {@code h = tanh(t / 2)}, where nothing cancels for t below 0. Comparisons are written so
 * that NaN passes all of them, with {@code <} and {@code >}: TornadoVM takes {@code <=} for the
 * opposite of {@code >}, which NaN does not pass.
 */
final class DeviceActivations {

  private DeviceActivations() {}

  /** Why one of the kernels cannot be written for devices, as a clause; empty where all can. */
  static Optional<String> obstacle(List<Kernel> kernels) {
    return kernels.stream()
        .flatMap(kernel -> activation(kernel).stream())
        .flatMap(activation -> obstacle(activation.kind()).stream())
        .findFirst();
  }

  private static Optional<Activation.Pointwise> activation(Kernel kernel) {
    return switch (kernel) {
      case GemmKernel gemm -> gemm.activation();
      case ConvolutionKernel convolution -> convolution.activation();
      case ElementwiseKernel elementwise -> Optional.of(elementwise.activation());
      default -> Optional.empty();
    };
  }

  private static Optional<String> obstacle(PointwiseKind kind) {
    return switch (kind) {
      case GELU -> Optional.of(missing("gelu", "the error function"));
      case SOFTPLUS -> Optional.of(missing("softplus", "log(1 + t) without cancellation"));
      case SIN -> Optional.of(missing("sin", "a sine of a stated error"));
      default -> Optional.empty();
    };
  }

  private static String missing(String activation, String function) {
    return "its activation `" + activation + "` needs " + function + ", which devices do not have";
  }

  /** The activation of the variable {@code t}, and of one with the name of its constant. */
  static CodeBlock expression(PointwiseKind kind) {
    return switch (kind) {
      case RELU -> CodeBlock.of("t < 0f ? 0f : t");
      case LEAKY_RELU -> CodeBlock.of("t >= 0f ? t : slope * t");
      case RELU6 -> CodeBlock.of("t < 0f ? 0f : t > 6f ? 6f : t");
      case HARD_TANH -> CodeBlock.of("t < -1f ? -1f : t > 1f ? 1f : t");
      case HARD_SIGMOID -> CodeBlock.of("(float) ((t < -3f ? 0.0 : t > 3f ? 6.0 : t + 3.0) / 6)");
      case HARD_SWISH -> CodeBlock.of("t < -3f ? 0f : t > 3f ? t : (float) (t * (t + 3.0) / 6)");
      // From 1e30 on the quotient is 1 in float, and an infinity would give NaN.
      case SOFTSIGN ->
          CodeBlock.of(
              "t > 1e30f ? 1f : t < -1e30f ? -1f : (float) (t / (1.0 + $T.abs(t)))", Math.class);
      case TANH -> CodeBlock.of("(float) $T.tanh(t)", Math.class);
      case SIGMOID -> CodeBlock.of("(float) (1 / (1 + $T.exp(-t)))", Math.class);
      // Below -200 it is 0 in float, and minus infinity would give NaN.
      case SILU -> CodeBlock.of("t < -200f ? -0f : (float) (t / (1 + $T.exp(-t)))", Math.class);
      case GELU_TANH ->
          CodeBlock.of(
              "t < -50f ? -0f : (float) (t / (1 + $T.exp(-t * (1.5957691216057308 +$W"
                  + "0.07135481627260025 * t * t))))",
              Math.class);
      case MISH -> mish();
      case ELU -> CodeBlock.of("t > 0f ? t : (float) (alpha * $L)", expm1("t"));
      case CELU -> CodeBlock.of("t > 0f ? t : (float) (alpha * $L)", expm1("t / alpha"));
      case SELU ->
          CodeBlock.of(
              "(float) (t > 0f ? 1.0507009873554805 * t :$W1.7580993408473768 * $L)", expm1("t"));
      case ABS -> CodeBlock.of("$T.abs(t)", Math.class);
      case GELU, SOFTPLUS, SIN -> throw new IllegalStateException("not for devices: " + kind);
    };
  }

  private static CodeBlock expm1(String argument) {
    CodeBlock half = CodeBlock.of("$T.tanh(0.5 * $L)", Math.class, argument);
    return CodeBlock.of("(2 * $L$W/ (1 - $L))", half, half);
  }

  /** Guarded as silu. */
  private static CodeBlock mish() {
    CodeBlock above = CodeBlock.of("(1 + 2 * $T.exp(-t))", Math.class);
    CodeBlock below = CodeBlock.of("($T.exp(2.0 * t) + 2 * $T.exp(t))", Math.class, Math.class);
    return CodeBlock.of(
        "t < -200f ? -0f :$Wt > 0f ? (float) (t * ($L$W/ ($L + 2 * $T.exp(-2.0 * t)))) :$W"
            + "(float) (t * ($L$W/ ($L + 2)))",
        above,
        above,
        Math.class,
        below,
        below);
  }
}
