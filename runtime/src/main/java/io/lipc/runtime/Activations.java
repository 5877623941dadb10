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

  /** The hyperbolic tangent in F32; in doubles it is {@link Math#tanh}. */
  public static float tanh(float t) {
    return FloatFunctions.tanh(t);
  }

  /** {@code 1 / (1 + e^-t)} in F32. */
  public static float sigmoid(float t) {
    return FloatFunctions.sigmoid(t);
  }

  /** {@code e^t}, of a double, in F32: for softmax. */
  public static float exp(double t) {
    return FloatFunctions.exp(t);
  }

  /** {@code t} for {@code t > 0}, else {@code alpha (e^t - 1)}. */
  public static double elu(double t, double alpha) {
    return Exponentials.elu(t, alpha);
  }

  /** The same in F32. */
  public static float elu(float t, float alpha) {
    return FloatFunctions.elu(t, alpha);
  }

  /** {@code t} for {@code t > 0}, else {@code alpha (e^(t / alpha) - 1)}, for alpha above 0. */
  public static double celu(double t, double alpha) {
    return Exponentials.celu(t, alpha);
  }

  /** The same in F32. */
  public static float celu(float t, float alpha) {
    return FloatFunctions.celu(t, alpha);
  }

  /** The scaled exponential linear unit of Klambauer et al. (2017). */
  public static double selu(double t) {
    return Exponentials.selu(t);
  }

  /** The same in F32. */
  public static float selu(float t) {
    return FloatFunctions.selu(t);
  }

  /** {@code log(1 + e^t)}. */
  public static double softplus(double t) {
    return Exponentials.softplus(t);
  }

  /** The same in F32. */
  public static float softplus(float t) {
    return FloatFunctions.softplus(t);
  }

  /** {@code t / (1 + |t|)}. */
  public static double softsign(double t) {
    return Rationals.softsign(t);
  }

  /** {@code min(max(t + 3, 0), 6) / 6}. */
  public static double hardSigmoid(double t) {
    return Rationals.hardSigmoid(t);
  }

  /** {@code t hardSigmoid(t)}. */
  public static double hardSwish(double t) {
    return Rationals.hardSwish(t);
  }

  /** {@code t / (1 + e^-t)}. */
  public static double silu(double t) {
    return Exponentials.silu(t);
  }

  /** The same in F32. */
  public static float silu(float t) {
    return FloatFunctions.silu(t);
  }

  /** {@code t tanh(log(1 + e^t))}. */
  public static double mish(double t) {
    return Exponentials.mish(t);
  }

  /** The same in F32. */
  public static float mish(float t) {
    return FloatFunctions.mish(t);
  }

  /** {@code t (1 + erf(t / sqrt(2))) / 2}. */
  public static double gelu(double t) {
    return Gaussian.gelu(t);
  }

  /** The same in F32. */
  public static float gelu(float t) {
    return FloatFunctions.gelu(t);
  }

  /** {@code t (1 + tanh(sqrt(2 / pi) (t + 0.044715 t^3))) / 2}. */
  public static double geluTanh(double t) {
    return Exponentials.geluTanh(t);
  }

  /** The same in F32. */
  public static float geluTanh(float t) {
    return FloatFunctions.geluTanh(t);
  }

  /** The sine, the same on every machine. */
  public static double sin(double t) {
    return StrictMath.sin(t);
  }
}
