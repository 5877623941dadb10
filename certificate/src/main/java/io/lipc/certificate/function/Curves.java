package io.lipc.certificate.function;

import io.lipc.certificate.function.Curve.Accuracy;
import io.lipc.certificate.function.Curve.Form;
import io.lipc.certificate.function.Curve.Rising;
import io.lipc.certificate.function.Curve.Valley;
import io.lipc.certificate.function.Curve.Wave;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** The table of all functions whose values are rounded. */
final class Curves {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** What is lost where an exponential underflows: see the functions. */
  private static final double UNDERFLOW = 0x1p-1000;

  /** Of at most eight roundings to 53 bits; twice their sum, as {@link Accuracy} has it. */
  private static final Accuracy FEW_ROUNDINGS = new Accuracy(0x1p-49, 0, UNDERFLOW);

  private Curves() {}

  static Optional<Elementwise> named(String name) {
    return switch (name) {
      case "tanh" ->
          few(
              Math::tanh,
              Exponentials::slopeOfTanh,
              new Rising(new Range(-1, 1)),
              FloatFunctions.TANH,
              DeviceFunctions.TANH,
              DeviceDoubleFunctions.TANH);
      case "sigmoid" ->
          few(
              Exponentials::sigmoid,
              Exponentials::slopeOfSigmoid,
              new Rising(new Range(0, 1)),
              FloatFunctions.SIGMOID,
              DeviceFunctions.SIGMOID,
              DeviceDoubleFunctions.SIGMOID);
      case "softplus" ->
          few(
              Exponentials::softplus,
              Exponentials::slopeOfSoftplus,
              new Rising(new Range(0, INFINITY)),
              FloatFunctions.ROUNDED,
              DeviceFunctions.SOFTPLUS,
              DeviceDoubleFunctions.SOFTPLUS);
      case "selu" ->
          few(
              Exponentials::selu,
              Exponentials::slopeOfSelu,
              new Rising(new Range(-1.7581, INFINITY)),
              FloatFunctions.ROUNDED,
              DeviceFunctions.SELU,
              DeviceDoubleFunctions.SELU);
      case "softsign" ->
          few(
              Rationals::softsign,
              Rationals::slopeOfSoftsign,
              new Rising(new Range(-1, 1)),
              DeviceFunctions.SOFTSIGN,
              DeviceDoubleFunctions.SOFTSIGN);
      case "hard_sigmoid" ->
          few(
              Rationals::hardSigmoid,
              Rationals::slopeOfHardSigmoid,
              new Rising(new Range(0, 1)),
              DeviceFunctions.HARD_SIGMOID,
              DeviceDoubleFunctions.HARD_SIGMOID);
      case "hard_swish" ->
          few(
              Rationals::hardSwish,
              Rationals::slopeOfHardSwish,
              new Valley(new Range(-1.5, -1.5), -0.375),
              DeviceFunctions.HARD_SWISH,
              DeviceDoubleFunctions.HARD_SWISH);
      case "silu" ->
          few(
              Exponentials::silu,
              Exponentials::slopeOfSilu,
              new Valley(new Range(-1.27846455, -1.27846454), -0.27846455),
              FloatFunctions.ROUNDED,
              DeviceFunctions.SILU,
              DeviceDoubleFunctions.SILU);
      case "mish" ->
          few(
              Exponentials::mish,
              Exponentials::slopeOfMish,
              new Valley(new Range(-1.19243122, -1.19243121), -0.30884342),
              FloatFunctions.ROUNDED,
              DeviceFunctions.MISH,
              DeviceDoubleFunctions.MISH);
      case "sin" ->
          few(StrictMath::sin, StrictMath::cos, new Wave(), DeviceSine.SIN, DeviceDoubleSine.SIN);
      case "gelu" ->
          of(
              Gaussian::gelu,
              Gaussian::slopeOfGelu,
              new Valley(new Range(-0.75179153, -0.75179152), -0.16997121),
              new Accuracy(2 * Gaussian.RELATIVE_ERROR, 0, UNDERFLOW),
              FloatFunctions.ROUNDED,
              DeviceFunctions.GELU,
              DeviceDoubleFunctions.GELU);
      case "gelu_tanh" ->
          of(
              Exponentials::geluTanh,
              Exponentials::slopeOfGeluTanh,
              new Valley(new Range(-0.75246143, -0.75246142), -0.17004076),
              new Accuracy(0, 0x1p-49, UNDERFLOW),
              FloatFunctions.ROUNDED,
              DeviceFunctions.GELU_TANH,
              DeviceDoubleFunctions.GELU_TANH);
      default -> Optional.empty();
    };
  }

  static Optional<Elementwise> named(String name, List<Double> parameters) {
    double alpha = parameters.getFirst();
    Form rising = new Rising(new Range(Math.min(0, -alpha), INFINITY));
    // Below the least normal number expm1 and a quotient lose up to 2^-1074, alpha times.
    Accuracy accuracy = new Accuracy(0x1p-49, 0, UNDERFLOW + alpha * (4 * Double.MIN_VALUE));
    return switch (name) {
      case "elu" ->
          of(
              t -> Exponentials.elu(t, alpha),
              t -> Exponentials.slopeOfElu(t, alpha),
              rising,
              accuracy,
              FloatFunctions.ROUNDED,
              DeviceFunctions.ELU,
              DeviceDoubleFunctions.ELU);
      case "celu" ->
          of(
              t -> Exponentials.celu(t, alpha),
              t -> Exponentials.slopeOfCelu(t, alpha),
              rising,
              accuracy,
              FloatFunctions.ROUNDED,
              DeviceFunctions.CELU,
              DeviceDoubleFunctions.CELU);
      default -> Optional.empty();
    };
  }

  private static Optional<Elementwise> few(
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      Form form,
      Accuracy device,
      Accuracy deviceDouble) {
    return few(value, slope, form, FEW_ROUNDINGS.rounded(), device, deviceDouble);
  }

  private static Optional<Elementwise> few(
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      Form form,
      Accuracy single,
      Accuracy device,
      Accuracy deviceDouble) {
    return of(value, slope, form, FEW_ROUNDINGS, single, device, deviceDouble);
  }

  private static Optional<Elementwise> of(
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      Form form,
      Accuracy accuracy,
      Accuracy single,
      Accuracy device,
      Accuracy deviceDouble) {
    return Optional.of(new Curve(value, slope, form, accuracy, single, device, deviceDouble));
  }
}
