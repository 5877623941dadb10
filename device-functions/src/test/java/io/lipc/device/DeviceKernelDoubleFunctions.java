package io.lipc.device;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * The functions of kernels for devices in doubles, by name. {@link DeviceArithmetic} loads this
 * class once more, with the functions in another arithmetic.
 */
public final class DeviceKernelDoubleFunctions
    implements BiFunction<String, List<Double>, DoubleUnaryOperator> {

  /** For whoever loads it. */
  public DeviceKernelDoubleFunctions() {}

  @Override
  public DoubleUnaryOperator apply(String name, List<Double> constants) {
    return switch (name) {
      case "exp" -> DevicePowers::power;
      case "tanh" -> DeviceDoubleFunctions::tanh;
      case "sigmoid" -> DeviceDoubleFunctions::sigmoid;
      case "silu" -> DeviceDoubleFunctions::silu;
      case "mish" -> DeviceDoubleFunctions::mish;
      case "gelu" -> DeviceDoubleFunctions::gelu;
      case "gelu_tanh" -> DeviceDoubleFunctions::geluTanh;
      case "softplus" -> DeviceDoubleFunctions::softplus;
      case "selu" -> DeviceDoubleFunctions::selu;
      case "softsign" -> DeviceDoubleFunctions::softsign;
      case "hard_sigmoid" -> DeviceDoubleFunctions::hardSigmoid;
      case "hard_swish" -> DeviceDoubleFunctions::hardSwish;
      case "sin" -> DeviceDoubleSine::sin;
      case "cos" -> DeviceDoubleSine::cos;
      case "elu" -> t -> DeviceDoubleFunctions.elu(t, constants.getFirst());
      case "celu" -> t -> DeviceDoubleFunctions.celu(t, constants.getFirst());
      default -> throw new IllegalArgumentException(name);
    };
  }
}
