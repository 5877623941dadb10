package io.lipc.runtime;

import io.lipc.certificate.function.Exponentials;
import io.lipc.certificate.function.Gaussian;
import io.lipc.certificate.function.Rationals;

/**
 * The activations that generated code calls, in doubles; it rounds the values to its own precision.
 * NaN gives NaN, an infinity the limit where there is one. The errors are those that {@code
 * RoundingBound} counts with, less than 2^-47 of the value, for geluTanh of the argument.
 */
public final class Activations {

  private Activations() {}

  /** {@code t} for {@code t > 0}, else {@code alpha (e^t - 1)}. */
  public static double elu(double t, double alpha) {
    return Exponentials.elu(t, alpha);
  }

  /** {@code t} for {@code t > 0}, else {@code alpha (e^(t / alpha) - 1)}, for alpha above 0. */
  public static double celu(double t, double alpha) {
    return Exponentials.celu(t, alpha);
  }

  /** The scaled exponential linear unit of Klambauer et al. (2017). */
  public static double selu(double t) {
    return Exponentials.selu(t);
  }

  /** {@code log(1 + e^t)}. */
  public static double softplus(double t) {
    return Exponentials.softplus(t);
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

  /** {@code t tanh(log(1 + e^t))}. */
  public static double mish(double t) {
    return Exponentials.mish(t);
  }

  /** {@code t (1 + erf(t / sqrt(2))) / 2}. */
  public static double gelu(double t) {
    return Gaussian.gelu(t);
  }

  /** {@code t (1 + tanh(sqrt(2 / pi) (t + 0.044715 t^3))) / 2}. */
  public static double geluTanh(double t) {
    return Exponentials.geluTanh(t);
  }

  /** The sine, the same on every machine. */
  public static double sin(double t) {
    return StrictMath.sin(t);
  }
}
