package io.lipc.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The activation functions of the language. A new one is a constant here, with its slope bounds and
 * their proof, a kernel rule and an example.
 */
public enum ActivationKind {
  /** {@code max(t, 0)}: piecewise linear with slopes 0 and 1. */
  RELU("relu", 0, 1),
  /** {@code t} for {@code t >= 0}, else {@code slope t}: piecewise linear with these two slopes. */
  LEAKY_RELU("leaky_relu", Parameter.of("slope", 0.01)) {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      double slope = parameters.getFirst();
      return Optional.of(new SlopeBounds(Math.min(slope, 1), Math.max(slope, 1)));
    }
  },
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
  ELU("elu", Parameter.of("alpha", ParameterDomain.NOT_NEGATIVE, 1)) {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.of(new SlopeBounds(0, Math.max(parameters.getFirst(), 1)));
    }
  },
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
  ABS("abs", -1, 1),
  /** {@code t} itself. */
  IDENTITY("identity", 1, 1),
  /**
   * Sorts neighbouring pairs: {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]} the minimum.
   * This sentence is the only definition of the pairing. Not elementwise, so without slope bounds;
   * it is 1-Lipschitz in l2 because each pair is mapped by a permutation that depends on it
   * continuously (Anil et al. 2019, GroupSort with groups of two).
   */
  MAXMIN("maxmin"),
  /**
   * Sorts each group of {@code size} neighbours, the largest first; groups of two are {@link
   * #MAXMIN}. 1-Lipschitz in l2 by the rearrangement inequality (Anil et al. 2019).
   */
  GROUP_SORT("group_sort", Parameter.of("size", 4)),
  /**
   * {@code z + 2 v relu(-v'z)} for each pair z of neighbours, {@code v = (v0, v1)}: for a unit
   * vector v, z or its mirror image on the line across v (Singla et al. 2021, with {@code v =
   * (sin(t/2), -cos(t/2))} for the angle t). Defined for every v; its gain is {@code max(1, 2 v'v -
   * 1)}.
   */
  HOUSEHOLDER("householder", Parameter.of("v0", 0.6), Parameter.of("v1", -0.8)),
  /**
   * {@code e^(z_i/T) / sum_j e^(z_j/T)} over the whole vector, T the temperature; its gain in l2 is
   * {@code 1 / (2T)}.
   */
  SOFTMAX("softmax", new Parameter("temperature", ParameterDomain.ALL, Optional.of(1.0), 1)),
  /**
   * {@code z_i - c (z_0 + z_1 + ...)} over the whole vector of n elements, c the multiple of 2^-53
   * next to 1/n: the mean is subtracted. Linear, and 1-Lipschitz in l2: the matrix is symmetric,
   * with the eigenvalues 1 and {@code 1 - n c}, which is next to 0.
   */
  CENTER("center");

  private final String word;
  private final double alpha;
  private final double beta;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Parameter> parameters;

  /** Not elementwise, or with slopes that depend on its parameters. */
  ActivationKind(String word, Parameter... parameters) {
    this(word, Double.NaN, Double.NaN, parameters);
  }

  ActivationKind(String word, double alpha, double beta, Parameter... parameters) {
    this.word = word;
    this.alpha = alpha;
    this.beta = beta;
    this.parameters = List.of(parameters);
  }

  /** The word of the language for this activation. */
  public String word() {
    return word;
  }

  /** Its constants, in order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** What its constants are called, in order. */
  public List<String> parameterNames() {
    return parameters.stream().map(Parameter::name).toList();
  }

  /** Whether each element of the result depends on one element only. */
  public boolean isElementwise() {
    return switch (this) {
      case MAXMIN, GROUP_SORT, HOUSEHOLDER, SOFTMAX, CENTER -> false;
      default -> true;
    };
  }

  /**
   * The slope bounds of the elementwise function; empty where the activation is not elementwise.
   *
   * @param parameters as many as {@link #parameters()}, each from its domain
   */
  public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
    return alpha <= beta ? Optional.of(new SlopeBounds(alpha, beta)) : Optional.empty();
  }

  /** The activation that the language calls {@code word}. */
  public static Optional<ActivationKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
