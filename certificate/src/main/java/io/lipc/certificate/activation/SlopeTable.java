package io.lipc.certificate.activation;

/**
 * The checker's own table of slope intervals. It depends on an activation's kind and constants
 * alone: a certificate has no say in it. The proofs:
 *
 * <ul>
 *   <li>relu, relu6, hard_tanh, hard_sigmoid and leaky_relu are piecewise linear and continuous, so
 *       a difference quotient is a mean of the slopes 0 and 1, 0 and 1/6, or s and 1;
 *   <li>the derivative {@code 1 - tanh^2} of tanh lies in (0, 1];
 *   <li>the derivative {@code s (1 - s)} of sigmoid, s, lies in (0, 1/4];
 *   <li>silu, {@code t s(t)}, has the derivative {@code s + t s (1 - s)}. The derivative of that is
 *       {@code s (1 - s) (2 - t tanh(t/2))}, positive exactly where {@code |t| < r}, {@code r
 *       tanh(r/2) = 2}. So the first one lies between its values at -r and r; as {@code s(r) = 1/2
 *       + 1/r}, they are {@code 1/2 - r/4} and {@code 1/2 + r/4}, here rounded outward;
 *   <li>{@code ||u| - |v|| <= |u - v|};
 *   <li>elu, celu and selu are continuous. Above 0 they have the slopes 1, 1 and s; below 0 the
 *       derivatives {@code alpha e^t}, {@code e^(t / alpha)} and {@code s a e^t}, in (0, alpha],
 *       (0, 1] and (0, s a], for alpha >= 0, alpha > 0, and the decimals {@code s =
 *       1.0507009873554804934193349852946}, {@code a = 1.6732632423543772848170429916717};
 *   <li>the derivative of softplus, {@code log(1 + e^t)}, is the sigmoid; that of softsign, {@code
 *       t / (1 + |t|)}, is {@code (1 + |t|)^-2}; that of the sine, the cosine;
 *   <li>the derivative of hard_swish, {@code t min(max(t + 3, 0), 6) / 6}, is 0, 1, or, for t in
 *       (-3, 3), {@code t / 3 + 1/2};
 *   <li>gelu, {@code t P(t)} with the normal distribution P and its density p, has the derivative
 *       {@code P + t p}. The derivative of that is {@code (2 - t^2) p}: so the first one lies
 *       between its values at -sqrt 2 and sqrt 2;
 *   <li>gelu_tanh, {@code t s(2 sqrt(2 / pi) (t + 0.044715 t^3))} with the sigmoid s, and mish,
 *       {@code t tanh(log(1 + e^t))}: that their derivatives do not leave these intervals is shown
 *       by interval evaluation on the whole line, in SlopeTableTest.
 * </ul>
 *
 * <p>Ends that are not dyadic are rounded outward to multiples of 2^-30 or 2^-32.
 */
public final class SlopeTable {

  private SlopeTable() {}

  /**
   * Bounds of {@code (f(u) - f(v)) / (u - v)}, in order. The model has a table and a type of its
   * own, {@code SlopeBounds}, because the trusted core takes no number from it; a test compares the
   * two tables.
   */
  public record Slopes(double lower, double upper) {}

  /** The slopes of an activation of single elements. */
  public static Slopes slopes(ActivationFunction.OfElements function) {
    return switch (function.kind()) {
      case RELU, RELU6, TANH, HARD_TANH, SOFTPLUS, SOFTSIGN, CELU -> new Slopes(0, 1);
      case SIGMOID -> new Slopes(0, 0.25);
      case HARD_SIGMOID -> new Slopes(0, 0x1.55555558p-3);
      case SILU -> new Slopes(-0x1.98f11d8p-4, 0x1.198f11d8p0);
      case GELU -> new Slopes(-0x1.07fee58p-3, 0x1.20ffdcb0p0);
      case GELU_TANH -> new Slopes(-0x1.082d84ap-3, 0x1.2105b094p0);
      case MISH -> new Slopes(-0x1.cce831p-4, 0x1.16a7d0c5p0);
      case SELU -> new Slopes(0, 0x1.c212cc65p0);
      case HARD_SWISH -> new Slopes(-0.5, 1.5);
      case ABS, SIN -> new Slopes(-1, 1);
      case LEAKY_RELU -> leaky(function.constants().getFirst());
      case ELU -> new Slopes(0, Math.max(function.constants().getFirst(), 1));
    };
  }

  private static Slopes leaky(double slope) {
    return new Slopes(Math.min(slope, 1), Math.max(slope, 1));
  }
}
