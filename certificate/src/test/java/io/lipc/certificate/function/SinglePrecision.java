package io.lipc.certificate.function;

import java.util.List;

/** What code in F32 computes: an elementwise function, or exp, of a float. */
public interface SinglePrecision {

  float value(float t);

  /**
   * The function of that name.
   *
   * @param constants numbers of F32
   */
  static SinglePrecision of(String name, List<Double> constants) {
    return switch (name) {
      case "tanh" -> FloatFunctions::tanh;
      case "sigmoid" -> FloatFunctions::sigmoid;
      case "exp" -> FloatFunctions::exp;
      case "silu" -> FloatFunctions::silu;
      case "mish" -> FloatFunctions::mish;
      case "gelu" -> FloatFunctions::gelu;
      case "gelu_tanh" -> FloatFunctions::geluTanh;
      case "softplus" -> FloatFunctions::softplus;
      case "selu" -> FloatFunctions::selu;
      case "elu" -> {
        float alpha = constants.getFirst().floatValue();
        yield t -> FloatFunctions.elu(t, alpha);
      }
      case "celu" -> {
        float alpha = constants.getFirst().floatValue();
        yield t -> FloatFunctions.celu(t, alpha);
      }
      default -> {
        Elementwise function = Elementwise.of(name, constants);
        yield t -> (float) function.value(t);
      }
    };
  }
}
