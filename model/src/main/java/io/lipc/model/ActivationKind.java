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
  RELU("relu") {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.of(new SlopeBounds(0, 1));
    }
  },
  /** {@code t} for {@code t >= 0}, else {@code slope t}: piecewise linear with these two slopes. */
  LEAKY_RELU("leaky_relu") {
    @Override
    public List<String> parameterNames() {
      return List.of("slope");
    }

    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      double slope = parameters.getFirst();
      return Optional.of(new SlopeBounds(Math.min(slope, 1), Math.max(slope, 1)));
    }
  },
  /** The hyperbolic tangent: its derivative {@code 1 - tanh^2} takes exactly the values (0, 1]. */
  TANH("tanh") {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.of(new SlopeBounds(0, 1));
    }
  },
  /** {@code s(t) = 1 / (1 + e^-t)}: its derivative {@code s (1 - s)} takes the values (0, 1/4]. */
  SIGMOID("sigmoid") {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.of(new SlopeBounds(0, 0.25));
    }
  },
  /**
   * {@code t s(t)} with the sigmoid s, also called swish. With {@code tanh(t/2) = 2 s(t) - 1}, its
   * second derivative is {@code s (1 - s) (2 - t tanh(t/2))}: the first one has its extremes at
   * {@code +-r} where {@code r tanh(r/2) = 2}, r = 2.39935728..., and there it is {@code 1/2 + r/4}
   * and {@code 1/2 - r/4}. The bounds are these, rounded outward to multiples of 2^-30.
   */
  SILU("silu") {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.of(new SlopeBounds(-0x1.98f11d8p-4, 0x1.198f11d8p0));
    }
  },
  /** {@code |t|}: by the triangle inequality no quotient leaves [-1, 1]. */
  ABS("abs") {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.of(new SlopeBounds(-1, 1));
    }
  },
  /** {@code t} itself. */
  IDENTITY("identity") {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.of(new SlopeBounds(1, 1));
    }
  },
  /**
   * Sorts neighbouring pairs: {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]} the minimum.
   * This sentence is the only definition of the pairing. Not elementwise, so without slope bounds;
   * it is 1-Lipschitz in l2 because each pair is mapped by a permutation that depends on it
   * continuously (Anil et al. 2019, GroupSort with groups of two).
   */
  MAXMIN("maxmin") {
    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.empty();
    }
  },
  /**
   * Sorts each group of {@code size} neighbours, the largest first; groups of two are {@link
   * #MAXMIN}. 1-Lipschitz in l2 by the rearrangement inequality (Anil et al. 2019).
   */
  GROUP_SORT("group_sort") {
    @Override
    public List<String> parameterNames() {
      return List.of("size");
    }

    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.empty();
    }
  },
  /**
   * {@code z + 2 v relu(-v'z)} for each pair z of neighbours, {@code v = (v0, v1)}: for a unit
   * vector v, z or its mirror image on the line across v (Singla et al. 2021, with {@code v =
   * (sin(t/2), -cos(t/2))} for the angle t). Defined for every v; its gain is {@code max(1, 2 v'v -
   * 1)}.
   */
  HOUSEHOLDER("householder") {
    @Override
    public List<String> parameterNames() {
      return List.of("v0", "v1");
    }

    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.empty();
    }
  },
  /**
   * {@code e^(z_i/T) / sum_j e^(z_j/T)} over the whole vector, T the temperature; its gain in l2 is
   * {@code 1 / (2T)}.
   */
  SOFTMAX("softmax") {
    @Override
    public List<String> parameterNames() {
      return List.of("temperature");
    }

    @Override
    public Optional<Double> usual(String parameter) {
      return Optional.of(1.0);
    }

    @Override
    public Optional<SlopeBounds> slopeBounds(List<Double> parameters) {
      return Optional.empty();
    }
  };

  private final String word;

  ActivationKind(String word) {
    this.word = word;
  }

  /** The word of the language for this activation. */
  public String word() {
    return word;
  }

  /** What its parameters are called, in order. */
  public List<String> parameterNames() {
    return List.of();
  }

  /** The value of a parameter that may be left out. */
  public Optional<Double> usual(String parameter) {
    return Optional.empty();
  }

  /** Whether each element of the result depends on one element only. */
  public boolean isElementwise() {
    return switch (this) {
      case MAXMIN, GROUP_SORT, HOUSEHOLDER, SOFTMAX -> false;
      default -> true;
    };
  }

  /**
   * The slope bounds of the elementwise function; empty where the activation is not elementwise.
   *
   * @param parameters as many as {@link #parameterNames()}
   */
  public abstract Optional<SlopeBounds> slopeBounds(List<Double> parameters);

  /** The activation that the language calls {@code word}. */
  public static Optional<ActivationKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
