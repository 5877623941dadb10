package io.lipc.runtime;

import io.lipc.certificate.function.Exponentials;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.function.Gaussian;
import io.lipc.certificate.function.Rationals;

/**
 * The activations that generated code calls. NaN gives NaN, an infinity the limit where there is
 * one. The errors are those that {@code RoundingBound} counts with.
 *
 * <p>Of doubles: less than 2^-47 of the value, for geluTanh of the argument.
 *
 * <p>Of floats: tanh errs by at most 5.5 units of 2^-24 of the value, sigmoid by 3 units of 1, each
 * other function by 1.0625 units of the value, where half a unit in the last place is one unit; a
 * value that underflows by as many units of the least normal float. Loops over arrays run on
 * vectors. All machines give the same bits; one without fused multiply-add is slow.
 */
public final class Activations {

  private Activations() {}

  /** The hyperbolic tangent, rounded to F32; in doubles it is {@link Math#tanh}. */
  public static float tanh(float t) {
    return FloatFunctions.tanh(t);
  }

  /** The logistic function {@code 1 / (1 + e^-t)} in F32. */
  public static float sigmoid(float t) {
    return FloatFunctions.sigmoid(t);
  }

  /** The exponential {@code e^t} of a double, rounded to F32: softmax needs it. */
  public static float exp(double t) {
    return FloatFunctions.exp(t);
  }

  /** The exponential linear unit: {@code t} for {@code t > 0}, else {@code alpha (e^t - 1)}. */
  public static double elu(double t, double alpha) {
    return Exponentials.elu(t, alpha);
  }

  /**
   * The exponential linear unit in F32: {@code t} for {@code t > 0}, else {@code alpha (e^t - 1)}.
   */
  public static float elu(float t, float alpha) {
    return FloatFunctions.elu(t, alpha);
  }

  /**
   * The continuous exponential linear unit: {@code t} for {@code t > 0}, else {@code alpha (e^(t /
   * alpha) - 1)}, for alpha above 0.
   */
  public static double celu(double t, double alpha) {
    return Exponentials.celu(t, alpha);
  }

  /**
   * The continuous exponential linear unit in F32: {@code t} for {@code t > 0}, else {@code alpha
   * (e^(t / alpha) - 1)}, for alpha above 0.
   */
  public static float celu(float t, float alpha) {
    return FloatFunctions.celu(t, alpha);
  }

  /** The scaled exponential linear unit of Klambauer et al. (2017), with its constants. */
  public static double selu(double t) {
    return Exponentials.selu(t);
  }

  /** The scaled exponential linear unit of Klambauer et al. (2017) in F32. */
  public static float selu(float t) {
    return FloatFunctions.selu(t);
  }

  /** The softplus {@code log(1 + e^t)}, computed so that it does not overflow. */
  public static double softplus(double t) {
    return Exponentials.softplus(t);
  }

  /** The softplus {@code log(1 + e^t)} in F32. */
  public static float softplus(float t) {
    return FloatFunctions.softplus(t);
  }

  /** The softsign {@code t / (1 + |t|)}. */
  public static double softsign(double t) {
    return Rationals.softsign(t);
  }

  /** The piecewise linear sigmoid {@code min(max(t + 3, 0), 6) / 6}. */
  public static double hardSigmoid(double t) {
    return Rationals.hardSigmoid(t);
  }

  /** The piecewise swish {@code t min(max(t + 3, 0), 6) / 6}. */
  public static double hardSwish(double t) {
    return Rationals.hardSwish(t);
  }

  /** The activation silu, also called swish: {@code t / (1 + e^-t)}. */
  public static double silu(double t) {
    return Exponentials.silu(t);
  }

  /** The activation silu, also called swish, in F32: {@code t / (1 + e^-t)}. */
  public static float silu(float t) {
    return FloatFunctions.silu(t);
  }

  /** The activation mish: {@code t tanh(log(1 + e^t))}. */
  public static double mish(double t) {
    return Exponentials.mish(t);
  }

  /** The activation mish in F32: {@code t tanh(log(1 + e^t))}. */
  public static float mish(float t) {
    return FloatFunctions.mish(t);
  }

  /** The Gaussian error linear unit {@code t (1 + erf(t / sqrt(2))) / 2}. */
  public static double gelu(double t) {
    return Gaussian.gelu(t);
  }

  /** The Gaussian error linear unit {@code t (1 + erf(t / sqrt(2))) / 2} in F32. */
  public static float gelu(float t) {
    return FloatFunctions.gelu(t);
  }

  /**
   * The Gaussian error linear unit with tanh: {@code t (1 + tanh(sqrt(2 / pi) (t + 0.044715 t^3)))
   * / 2}.
   */
  public static double geluTanh(double t) {
    return Exponentials.geluTanh(t);
  }

  /**
   * The Gaussian error linear unit with tanh in F32: {@code t (1 + tanh(sqrt(2 / pi) (t + 0.044715
   * t^3))) / 2}.
   */
  public static float geluTanh(float t) {
    return FloatFunctions.geluTanh(t);
  }

  /** The sine of t in radians, with the same bits on every machine. */
  public static double sin(double t) {
    return StrictMath.sin(t);
  }
}
