package io.lipc.certificate.function;

import io.lipc.certificate.activation.ActivationFunction;
import java.util.List;

/** A function from real numbers to real numbers, applied to each element of a vector. */
public sealed interface Elementwise permits PiecewiseLinear, Curve {

  /** The function that an activation of single elements computes. */
  static Elementwise of(ActivationFunction.OfElements function) {
    List<Double> constants = function.constants();
    return switch (function.kind()) {
      case RELU -> PiecewiseLinear.relu();
      case RELU6 -> PiecewiseLinear.relu6();
      case HARD_TANH -> PiecewiseLinear.hardTanh();
      case ABS -> PiecewiseLinear.abs();
      case LEAKY_RELU -> PiecewiseLinear.leakyRelu(constants.getFirst());
      case TANH -> Curves.tanh();
      case SIGMOID -> Curves.sigmoid();
      case SOFTPLUS -> Curves.softplus();
      case SELU -> Curves.selu();
      case SOFTSIGN -> Curves.softsign();
      case HARD_SIGMOID -> Curves.hardSigmoid();
      case HARD_SWISH -> Curves.hardSwish();
      case SILU -> Curves.silu();
      case MISH -> Curves.mish();
      case SIN -> Curves.sin();
      case GELU -> Curves.gelu();
      case GELU_TANH -> Curves.geluTanh();
      case ELU -> Curves.elu(constants.getFirst());
      case CELU -> Curves.celu(constants.getFirst());
    };
  }

  /**
   * The function of that word in the language, of single elements: {@code identity} is one, too.
   *
   * @param word its word
   * @param constants its constants
   * @throws IllegalArgumentException if there is none of that word with such constants
   */
  static Elementwise of(String word, List<Double> constants) {
    if (word.equals("identity") && constants.isEmpty()) {
      return PiecewiseLinear.identity();
    }
    return switch (ActivationFunction.of(word, constants)) {
      case ActivationFunction.OfElements function -> of(function);
      case ActivationFunction.OfGroups _ ->
          throw new IllegalArgumentException("`" + word + "` is not elementwise");
    };
  }

  /**
   * The value of the function at t, computed in doubles. NaN gives NaN; an infinity gives the
   * limit, where there is one, else NaN. Code in F32 computes this value, rounded, or one of {@link
   * FloatFunctions}.
   */
  double value(double t);

  /**
   * The derivative of the function at t, computed in doubles; at a kink, the slope of one of its
   * sides.
   */
  double slope(double t);

  /** A range that holds the real function's values at all of {@code arguments}. */
  Range over(Range arguments);

  /**
   * How far the double that code in F64 computes can be from the real function's value, on the JVM
   * or on a device: it is {@link #value}, or computed by the module {@code device-functions}.
   *
   * @param arguments where the doubles lie that it is computed of
   */
  double error(Range arguments);

  /**
   * How far the float that code in F32 computes can be from the real function's value, where
   * neither is beyond the largest float, on the JVM or on a device: it is of {@link
   * FloatFunctions}, or computed by the module {@code device-functions}, or {@link #value} rounded.
   *
   * @param arguments where the floats lie that it is computed of
   */
  double floatError(Range arguments);

  /**
   * The largest magnitude of a value that is rounded at all, rounded up: 0 where each is an
   * argument, its negative or a constant.
   *
   * @param arguments where the numbers lie that it is computed of
   */
  double largestRounded(Range arguments);
}
