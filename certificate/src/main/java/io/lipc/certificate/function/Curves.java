package io.lipc.certificate.function;

import io.lipc.certificate.function.Curve.Accuracy;
import io.lipc.certificate.function.Curve.Form;
import io.lipc.certificate.function.Curve.Rising;
import io.lipc.certificate.function.Curve.Valley;
import io.lipc.certificate.function.Curve.Wave;
import java.util.function.DoubleUnaryOperator;

/** The table of all functions whose values are rounded. */
final class Curves {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** The error if an exponential underflows: see the functions. */
  private static final double UNDERFLOW = 0x1p-1000;

  /**
   * The accuracy of at most eight roundings to 53 bits: twice their sum, as {@link Accuracy} asks
   * for.
   */
  private static final Accuracy FEW_ROUNDINGS = new Accuracy(0x1p-49, 0, UNDERFLOW);

  private Curves() {}

  static Curve tanh() {
    return few(
        Math::tanh,
        Exponentials::slopeOfTanh,
        new Rising(new Range(-1, 1)),
        FloatFunctions.TANH,
        DeviceErrors.TANH);
  }

  static Curve sigmoid() {
    return few(
        Exponentials::sigmoid,
        Exponentials::slopeOfSigmoid,
        new Rising(new Range(0, 1)),
        FloatFunctions.SIGMOID,
        DeviceErrors.SIGMOID);
  }

  static Curve softplus() {
    return few(
        Exponentials::softplus,
        Exponentials::slopeOfSoftplus,
        new Rising(new Range(0, INFINITY)),
        FloatFunctions.ROUNDED,
        DeviceErrors.SOFTPLUS);
  }

  static Curve selu() {
    return few(
        Exponentials::selu,
        Exponentials::slopeOfSelu,
        new Rising(new Range(-1.7581, INFINITY)),
        FloatFunctions.ROUNDED,
        DeviceErrors.SELU);
  }

  static Curve softsign() {
    return few(
        Rationals::softsign,
        Rationals::slopeOfSoftsign,
        new Rising(new Range(-1, 1)),
        DeviceErrors.SOFTSIGN);
  }

  static Curve hardSigmoid() {
    return few(
        Rationals::hardSigmoid,
        Rationals::slopeOfHardSigmoid,
        new Rising(new Range(0, 1)),
        DeviceErrors.HARD_SIGMOID);
  }

  static Curve hardSwish() {
    return few(
        Rationals::hardSwish,
        Rationals::slopeOfHardSwish,
        new Valley(new Range(-1.5, -1.5), -0.375),
        DeviceErrors.HARD_SWISH);
  }

  static Curve silu() {
    return few(
        Exponentials::silu,
        Exponentials::slopeOfSilu,
        new Valley(new Range(-1.27846455, -1.27846454), -0.27846455),
        FloatFunctions.ROUNDED,
        DeviceErrors.SILU);
  }

  static Curve mish() {
    return few(
        Exponentials::mish,
        Exponentials::slopeOfMish,
        new Valley(new Range(-1.19243122, -1.19243121), -0.30884342),
        FloatFunctions.ROUNDED,
        DeviceErrors.MISH);
  }

  static Curve sin() {
    return few(StrictMath::sin, StrictMath::cos, new Wave(), DeviceErrors.SIN);
  }

  static Curve gelu() {
    return new Curve(
        Gaussian::gelu,
        Gaussian::slopeOfGelu,
        new Valley(new Range(-0.75179153, -0.75179152), -0.16997121),
        new Accuracy(2 * Gaussian.RELATIVE_ERROR, 0, UNDERFLOW),
        FloatFunctions.ROUNDED,
        DeviceErrors.GELU);
  }

  static Curve geluTanh() {
    return new Curve(
        Exponentials::geluTanh,
        Exponentials::slopeOfGeluTanh,
        new Valley(new Range(-0.75246143, -0.75246142), -0.17004076),
        new Accuracy(0, 0x1p-49, UNDERFLOW),
        FloatFunctions.ROUNDED,
        DeviceErrors.GELU_TANH);
  }

  static Curve elu(double alpha) {
    return exponential(
        t -> Exponentials.elu(t, alpha),
        t -> Exponentials.slopeOfElu(t, alpha),
        alpha,
        DeviceErrors.ELU);
  }

  static Curve celu(double alpha) {
    return exponential(
        t -> Exponentials.celu(t, alpha),
        t -> Exponentials.slopeOfCelu(t, alpha),
        alpha,
        DeviceErrors.CELU);
  }

  /**
   * For an alpha that is not negative; a multiple of it is lost where an exponential underflows.
   */
  private static Curve exponential(
      DoubleUnaryOperator value, DoubleUnaryOperator slope, double alpha, DeviceErrors device) {
    Form rising = new Rising(new Range(-alpha, INFINITY));
    // Below the least normal number expm1 and a quotient lose up to 2^-1074, alpha times.
    Accuracy accuracy = new Accuracy(0x1p-49, 0, UNDERFLOW + alpha * (4 * Double.MIN_VALUE));
    return new Curve(value, slope, rising, accuracy, FloatFunctions.ROUNDED, device);
  }

  private static Curve few(
      DoubleUnaryOperator value, DoubleUnaryOperator slope, Form form, DeviceErrors device) {
    return few(value, slope, form, FEW_ROUNDINGS.rounded(), device);
  }

  private static Curve few(
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      Form form,
      Accuracy single,
      DeviceErrors device) {
    return new Curve(value, slope, form, FEW_ROUNDINGS, single, device);
  }
}
