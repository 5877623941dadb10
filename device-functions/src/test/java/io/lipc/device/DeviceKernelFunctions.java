package io.lipc.device;

import io.lipc.certificate.function.SinglePrecision;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The functions of kernels for devices, by name. {@link DeviceArithmetic} loads this class once
 * more, with the functions in another arithmetic.
 */
@SuppressWarnings("exports") // of the tests of another module
public final class DeviceKernelFunctions
    implements BiFunction<String, List<Double>, SinglePrecision> {

  /** For whoever loads it. */
  public DeviceKernelFunctions() {}

  @Override
  public SinglePrecision apply(String name, List<Double> constants) {
    return switch (name) {
      case "exp" -> DeviceFunctions::power;
      case "tanh" -> DeviceFunctions::tanh;
      case "sigmoid" -> DeviceFunctions::sigmoid;
      case "silu" -> DeviceFunctions::silu;
      case "mish" -> DeviceFunctions::mish;
      case "gelu" -> DeviceFunctions::gelu;
      case "gelu_tanh" -> DeviceFunctions::geluTanh;
      case "softplus" -> DeviceFunctions::softplus;
      case "selu" -> DeviceFunctions::selu;
      case "softsign" -> DeviceFunctions::softsign;
      case "hard_sigmoid" -> DeviceFunctions::hardSigmoid;
      case "hard_swish" -> DeviceFunctions::hardSwish;
      case "sin" -> DeviceSine::sin;
      case "cos" -> DeviceSine::cos;
      case "elu" -> {
        float alpha = constants.getFirst().floatValue();
        yield t -> DeviceFunctions.elu(t, alpha);
      }
      case "celu" -> {
        float alpha = constants.getFirst().floatValue();
        yield t -> DeviceFunctions.celu(t, alpha);
      }
      default -> throw new IllegalArgumentException(name);
    };
  }
}
