package io.lipc.model.activation;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * Activations of single elements: each element of the result is a function of one element, of which
 * slope bounds are known. A new one is a constant here, with its slope bounds and their proof, a
 * kernel rule and an example.
 */
public enum PointwiseKind implements ActivationKind {
  /** {@code max(t, 0)}: piecewise linear with slopes 0 and 1. */
  RELU("relu", 0, 1),
  /** {@code t} for {@code t >= 0}, else {@code slope t}: piecewise linear with these two slopes. */
  LEAKY_RELU(
      "leaky_relu",
      slope -> new SlopeBounds(Math.min(slope, 1), Math.max(slope, 1)),
      Parameter.of("slope", 0.01)),
  /** The hyperbolic tangent: its derivative {@code 1 - tanh^2} takes exactly the values (0, 1]. */
  TANH("tanh", 0, 1),
  /** {@code s(t) = 1 / (1 + e^-t)}: its derivative {@code s (1 - s)} takes the values (0, 1/4]. */
  SIGMOID("sigmoid", 0, 0.25),
  /**
   * {@code t s(t)} with the sigmoid s, also called swish. With {@code tanh(t/2) = 2 s(t) - 1}, its
   * second derivative is {@code s (1 - s) (2 - t tanh(t/2))}: the first one has its extremes at
   * {@code +-r} where {@code r tanh(r/2) = 2}, r = 2.39935728..., and there it is {@code 1/2 + r/4}
   * and {@code 1/2 - r/4}. The bounds are these, rounded outward to multiples of 2^-30.
   */
  SILU("silu", -0x1.98f11d8p-4, 0x1.198f11d8p0),
  /** {@code min(max(t, 0), 6)}: piecewise linear with slopes 0 and 1. */
  RELU6("relu6", 0, 1),
  /** {@code min(max(t, -1), 1)}: piecewise linear with slopes 0 and 1. */
  HARD_TANH("hard_tanh", 0, 1),
  /**
   * {@code t} for {@code t >= 0}, else {@code alpha (e^t - 1)}: the derivative is 1, or {@code
   * alpha e^t} in (0, alpha].
   */
  ELU(
      "elu",
      alpha -> new SlopeBounds(0, Math.max(alpha, 1)),
      Parameter.of("alpha", ParameterDomain.NOT_NEGATIVE, 1)),
  /**
   * {@code t} for {@code t >= 0}, else {@code alpha (e^(t / alpha) - 1)}: the derivative is 1, or
   * {@code e^(t / alpha)} in (0, 1], for each alpha above 0.
   */
  CELU("celu", 0, 1, Parameter.of("alpha", ParameterDomain.POSITIVE, 1)),
  /**
   * {@code s t} for {@code t >= 0}, else {@code s a (e^t - 1)}, where s and a are the decimals
   * 1.0507009873554804934193349852946 and 1.6732632423543772848170429916717 of Klambauer et al.
   * (2017), as PyTorch states them. The derivative is s, or {@code s a e^t} in (0, s a]; the upper
   * bound is {@code s a = 1.75809934084737...}, rounded up to a multiple of 2^-32.
   */
  SELU("selu", 0, 0x1.c212cc65p0),
  /** {@code log(1 + e^t)}: its derivative is the sigmoid, in (0, 1). */
  SOFTPLUS("softplus", 0, 1),
  /** {@code t / (1 + |t|)}: its derivative {@code (1 + |t|)^-2} takes the values (0, 1]. */
  SOFTSIGN("softsign", 0, 1),
  /**
   * {@code min(max(t + 3, 0), 6) / 6}: piecewise linear with slopes 0 and 1/6, the second rounded
   * up to a multiple of 2^-32.
   */
  HARD_SIGMOID("hard_sigmoid", 0, 0x1.555555580p-3),
  /**
   * {@code t min(max(t + 3, 0), 6) / 6}: the derivative is 0 below -3 and 1 above 3, and between
   * them {@code t / 3 + 1/2}, in (-1/2, 3/2).
   */
  HARD_SWISH("hard_swish", -0.5, 1.5),
  /**
   * {@code t P(t)} with the normal distribution P of density p, so with the error function. The
   * second derivative is {@code p(t) (2 - t^2)}: the first one has its extremes at {@code
   * +-sqrt(2)}, where it is {@code 1/2 +- (P(sqrt 2) - 1/2 + sqrt(2) p(sqrt 2))}, 1.12890414518...
   * and -0.12890414518..., rounded outward to multiples of 2^-32.
   */
  GELU("gelu", -0x1.07fee58p-3, 0x1.20ffdcb0p0),
  /**
   * {@code t (1 + tanh(c (t + 0.044715 t^3))) / 2} with {@code c = sqrt(2 / pi)}: what replaces
   * gelu in many models, and another function. The extremes of its derivative are at {@code
   * +-1.41850400879...}, where it is 1.12899306865... and -0.12899306865..., rounded outward to
   * multiples of 2^-32; that it has no others is shown by interval evaluation on the whole line, in
   * the tests of the checker's table.
   */
  GELU_TANH("gelu_tanh", -0x1.082d84ap-3, 0x1.2105b094p0),
  /**
   * {@code t tanh(log(1 + e^t))}. The extremes of its derivative are -0.11252612238... at {@code
   * -2.25637639636...} and 1.08849816125... at {@code 1.49057117948...}, rounded outward to
   * multiples of 2^-32; that it has no others is shown as for gelu_tanh.
   */
  MISH("mish", -0x1.cce831p-4, 0x1.16a7d0c5p0),
  /** The sine: its derivative, the cosine, takes the values [-1, 1]. */
  SIN("sin", -1, 1),
  /** {@code |t|}: by the triangle inequality no quotient leaves [-1, 1]. */
  ABS("abs", -1, 1);

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // of constants alone
  private final Function<List<Double>, SlopeBounds> slopes;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Parameter> parameters;

  /** A kind whose slopes do not depend on its constant, if it has one. */
  PointwiseKind(String word, double alpha, double beta, Parameter... parameters) {
    this.word = word;
    SlopeBounds bounds = new SlopeBounds(alpha, beta);
    this.slopes = _ -> bounds;
    this.parameters = List.of(parameters);
  }

  /** A kind whose slopes depend on its constant. */
  PointwiseKind(String word, DoubleFunction<SlopeBounds> slopes, Parameter parameter) {
    this.word = word;
    this.slopes = parameters -> slopes.apply(parameters.getFirst());
    this.parameters = List.of(parameter);
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Activation.Pointwise with(List<Double> parameters) {
    return new Activation.Pointwise(this, parameters);
  }

  /**
   * The slope bounds of the function.
   *
   * @param parameters as many as {@link #parameters()}, each from its domain
   */
  SlopeBounds slopes(List<Double> parameters) {
    return slopes.apply(parameters);
  }
}
