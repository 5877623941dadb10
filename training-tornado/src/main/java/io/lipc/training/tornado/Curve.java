package io.lipc.training.tornado;

import io.lipc.model.activation.Activation;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task4;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A curved activation on a device.
 *
 * @param value the kernel that computes it, of {@link CurveKernels}
 * @param slope the adjoint, of {@link SlopeKernels}
 * @param constants what both read; at least one number, as no array of a device is empty
 */
record Curve(
    Task4<FloatArray, FloatArray, FloatArray, Integer> value,
    Task6<FloatArray, FloatArray, FloatArray, FloatArray, Integer, Integer> slope,
    double... constants) {

  /** The scale of selu, and its product with alpha (Klambauer et al. 2017). */
  private static final double SELU_SCALE = 1.0507009873554805;

  private static final double SELU_ALPHA = 1.6732632423543772;

  static Curve of(Activation.Pointwise activation) {
    return switch (activation.kind()) {
      case TANH -> new Curve(CurveKernels::tanhValue, SlopeKernels::tanhSlope, 0);
      case SIGMOID -> new Curve(CurveKernels::sigmoidValue, SlopeKernels::sigmoidSlope, 0);
      case SILU -> new Curve(CurveKernels::siluValue, SlopeKernels::siluSlope, 0);
      case SOFTPLUS -> new Curve(CurveKernels::softplusValue, SlopeKernels::softplusSlope, 0);
      case SOFTSIGN -> new Curve(CurveKernels::softsignValue, SlopeKernels::softsignSlope, 0);
      case SIN -> new Curve(CurveKernels::sinValue, SlopeKernels::sinSlope, 0);
      case HARD_SWISH -> new Curve(CurveKernels::hardSwishValue, SlopeKernels::hardSwishSlope, 0);
      case GELU -> new Curve(CurveKernels::geluValue, SlopeKernels::geluSlope, 0);
      case GELU_TANH -> new Curve(CurveKernels::geluTanhValue, SlopeKernels::geluTanhSlope, 0);
      case MISH -> new Curve(CurveKernels::mishValue, SlopeKernels::mishSlope, 0);
      case ELU -> exponential(CurveKernels::eluValue, 1, parameter(activation), 1);
      case CELU -> {
        double alpha = parameter(activation);
        yield exponential(CurveKernels::celuValue, 1, alpha, alpha);
      }
      case SELU -> exponential(CurveKernels::seluValue, SELU_SCALE, SELU_SCALE * SELU_ALPHA, 1);
      case RELU, LEAKY_RELU, RELU6, HARD_TANH, HARD_SIGMOID, ABS ->
          throw new IllegalStateException("it has a table: " + activation);
    };
  }

  private static double parameter(Activation.Pointwise activation) {
    return activation.parameters().getFirst();
  }

  private static Curve exponential(
      Task4<FloatArray, FloatArray, FloatArray, Integer> value,
      double slope,
      double factor,
      double width) {
    return new Curve(value, SlopeKernels::exponentialSlope, slope, factor, width);
  }
}
