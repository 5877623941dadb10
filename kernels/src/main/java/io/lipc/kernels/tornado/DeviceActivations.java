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
 * Activations as expressions that TornadoVM compiles, in numbers of one precision alone. An
 * activation that is not piecewise linear is a call of {@link DeviceScalar#functions} or {@link
 * DeviceScalar#sine}, which TornadoVM puts into the kernel; no function of the driver is used.
 * Comparisons are written so that NaN passes all of them, with {@code <} and {@code >}: TornadoVM
 * takes {@code <=} for the opposite of {@code >}, which NaN does not pass.
 */
final class DeviceActivations {

  private DeviceActivations() {}

  /** Why one of the kernels cannot be written for devices, as a clause; empty where all can. */
  static Optional<String> obstacle(List<Kernel> kernels, DeviceScalar scalar) {
    return kernels.stream()
        .flatMap(kernel -> activation(kernel).stream())
        .flatMap(activation -> obstacle(activation, scalar).stream())
        .findFirst();
  }

  private static Optional<String> obstacle(Activation.Pointwise activation, DeviceScalar scalar) {
    return switch (activation.kind()) {
      case CELU -> {
        double alpha = activation.parameters().getFirst();
        yield scalar.divides(alpha)
            ? Optional.empty()
            : Optional.of(
                "its `celu` has the constant "
                    + alpha
                    + ", and kernels for devices have those "
                    + scalar.divisors());
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Activation.Pointwise> activation(Kernel kernel) {
    return switch (kernel) {
      case GemmKernel gemm -> gemm.activation();
      case ConvolutionKernel convolution -> convolution.activation();
      case ElementwiseKernel elementwise -> Optional.of(elementwise.activation());
      default -> Optional.empty();
    };
  }

  /** The activation of the variable {@code t}, and of one with the name of its constant. */
  static CodeBlock expression(PointwiseKind kind, DeviceScalar scalar) {
    return switch (kind) {
      case RELU -> CodeBlock.of("t < $1L ? $1L : t", scalar.zero());
      case LEAKY_RELU -> CodeBlock.of("t >= $L ? t : slope * t", scalar.zero());
      case RELU6 ->
          CodeBlock.of("t < $1L ? $1L : t > $2L ? $2L : t", scalar.zero(), scalar.whole(6));
      case HARD_TANH -> CodeBlock.of("t < -$1L ? -$1L : t > $1L ? $1L : t", scalar.whole(1));
      case ABS -> CodeBlock.of("$T.abs(t)", Math.class);
      case HARD_SIGMOID -> function(scalar, "hardSigmoid");
      case HARD_SWISH -> function(scalar, "hardSwish");
      case SOFTSIGN -> function(scalar, "softsign");
      case TANH -> function(scalar, "tanh");
      case SIGMOID -> function(scalar, "sigmoid");
      case SILU -> function(scalar, "silu");
      case GELU -> function(scalar, "gelu");
      case GELU_TANH -> function(scalar, "geluTanh");
      case MISH -> function(scalar, "mish");
      case SOFTPLUS -> function(scalar, "softplus");
      case SELU -> function(scalar, "selu");
      case SIN -> CodeBlock.of("$T.sin(t)", scalar.sine());
      case ELU -> CodeBlock.of("$T.elu(t, alpha)", scalar.functions());
      case CELU -> CodeBlock.of("$T.celu(t, alpha)", scalar.functions());
    };
  }

  private static CodeBlock function(DeviceScalar scalar, String name) {
    return CodeBlock.of("$T.$L(t)", scalar.functions(), name);
  }
}
