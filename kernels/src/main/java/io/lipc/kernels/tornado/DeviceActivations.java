package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import io.lipc.certificate.function.DeviceFunctions;
import io.lipc.certificate.function.DeviceSine;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Optional;

/**
 * Activations as expressions that TornadoVM compiles, in floats alone. What is not piecewise linear
 * is a call of {@link DeviceFunctions} or {@link DeviceSine}, which TornadoVM puts into the kernel;
 * no function of the driver is used. Comparisons are written so that NaN passes all of them, with
 * {@code <} and {@code >}: TornadoVM takes {@code <=} for the opposite of {@code >}, which NaN does
 * not pass.
 */
final class DeviceActivations {

  private DeviceActivations() {}

  /** Why one of the kernels cannot be written for devices, as a clause; empty where all can. */
  static Optional<String> obstacle(List<Kernel> kernels) {
    return kernels.stream()
        .flatMap(kernel -> activation(kernel).stream())
        .flatMap(activation -> obstacle(activation).stream())
        .findFirst();
  }

  private static Optional<String> obstacle(Activation.Pointwise activation) {
    return switch (activation.kind()) {
      case CELU -> {
        double alpha = activation.parameters().getFirst();
        yield DeviceFunctions.divides(alpha)
            ? Optional.empty()
            : Optional.of(
                "its `celu` has the constant "
                    + alpha
                    + ", and kernels for devices have those from 2^-100 to 2^119");
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
  static CodeBlock expression(PointwiseKind kind) {
    return switch (kind) {
      case RELU -> CodeBlock.of("t < 0f ? 0f : t");
      case LEAKY_RELU -> CodeBlock.of("t >= 0f ? t : slope * t");
      case RELU6 -> CodeBlock.of("t < 0f ? 0f : t > 6f ? 6f : t");
      case HARD_TANH -> CodeBlock.of("t < -1f ? -1f : t > 1f ? 1f : t");
      case ABS -> CodeBlock.of("$T.abs(t)", Math.class);
      case HARD_SIGMOID -> function("hardSigmoid");
      case HARD_SWISH -> function("hardSwish");
      case SOFTSIGN -> function("softsign");
      case TANH -> function("tanh");
      case SIGMOID -> function("sigmoid");
      case SILU -> function("silu");
      case GELU -> function("gelu");
      case GELU_TANH -> function("geluTanh");
      case MISH -> function("mish");
      case SOFTPLUS -> function("softplus");
      case SELU -> function("selu");
      case SIN -> CodeBlock.of("$T.sin(t)", DeviceSine.class);
      case ELU -> CodeBlock.of("$T.elu(t, alpha)", DeviceFunctions.class);
      case CELU -> CodeBlock.of("$T.celu(t, alpha)", DeviceFunctions.class);
    };
  }

  private static CodeBlock function(String name) {
    return CodeBlock.of("$T.$L(t)", DeviceFunctions.class, name);
  }
}
