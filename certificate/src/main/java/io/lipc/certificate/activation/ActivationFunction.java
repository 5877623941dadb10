package io.lipc.certificate.activation;

import io.lipc.formats.Quoted;
import java.util.List;
import java.util.Locale;

/**
 * The function of an activation unit: one of a fixed family, with its constants. A certificate
 * names it by a word, which is read here and nowhere else. Each of its properties is an exhaustive
 * {@code switch} over {@link ElementKind} or {@link GroupKind}, so a new function does not compile
 * until each such place knows it.
 */
public sealed interface ActivationFunction {

  /** The functions of single elements that the certificate format knows. */
  enum ElementKind {
    RELU,
    RELU6,
    HARD_TANH,
    ABS,
    /** Its constant is the slope below 0. */
    LEAKY_RELU,
    TANH,
    SIGMOID,
    SOFTPLUS,
    SELU,
    SOFTSIGN,
    HARD_SIGMOID,
    HARD_SWISH,
    SILU,
    MISH,
    SIN,
    GELU,
    GELU_TANH,
    /** Its constant, not negative, multiplies the exponential below 0. */
    ELU,
    /** Its constant, positive, multiplies and divides below 0. */
    CELU
  }

  /** The functions of groups of elements that the certificate format knows. */
  enum GroupKind {
    /** Sorts pairs. */
    MAXMIN,
    /** Its constant is the size of the groups that are sorted, at least 2. */
    GROUP_SORT,
    /** Its constants are the two elements of v, along which pairs are reflected. */
    HOUSEHOLDER,
    /** Its constant is the temperature, positive; its group is the whole vector. */
    SOFTMAX,
    /**
     * Its constants are an epsilon, positive, and the size of the groups that are normalised, at
     * least 2; or 0, where the group is the whole vector.
     */
    LAYER_NORM,
    /**
     * Its constant is the least length that is divided by, positive; its group is the whole vector.
     */
    L2_NORMALIZE
  }

  /** Which function it is. */
  Enum<?> kind();

  /** The word of the language. */
  default String word() {
    return word(kind());
  }

  /** The constants of the function, finite numbers, each from its domain. */
  List<Double> constants();

  /** A function of each element by itself. */
  record OfElements(ElementKind kind, List<Double> constants) implements ActivationFunction {

    /**
     * Checks the constants.
     *
     * @throws IllegalArgumentException if the function has no such constants
     */
    public OfElements {
      constants = checked(kind, allows(kind, constants), constants);
    }

    private static boolean allows(ElementKind kind, List<Double> constants) {
      return switch (kind) {
        case RELU, RELU6, HARD_TANH, ABS, TANH, SIGMOID, SOFTPLUS, SELU, SOFTSIGN ->
            constants.isEmpty();
        case HARD_SIGMOID, HARD_SWISH, SILU, MISH, SIN, GELU, GELU_TANH -> constants.isEmpty();
        case LEAKY_RELU -> constants.size() == 1;
        case ELU -> constants.size() == 1 && constants.getFirst() >= 0;
        case CELU -> constants.size() == 1 && constants.getFirst() > 0;
      };
    }
  }

  /** A function of each group of elements. */
  record OfGroups(GroupKind kind, List<Double> constants) implements ActivationFunction {

    /**
     * Checks the constants.
     *
     * @throws IllegalArgumentException if the function has no such constants
     */
    public OfGroups {
      constants = checked(kind, allows(kind, constants), constants);
    }

    private static boolean allows(GroupKind kind, List<Double> constants) {
      return switch (kind) {
        case MAXMIN -> constants.isEmpty();
        case GROUP_SORT -> constants.size() == 1 && isSize(constants.getFirst());
        case HOUSEHOLDER -> constants.size() == 2;
        case SOFTMAX -> constants.size() == 1 && isDivisor(0.5, constants.getFirst());
        case L2_NORMALIZE -> constants.size() == 1 && isDivisor(1, constants.getFirst());
        case LAYER_NORM ->
            constants.size() == 2
                && constants.getFirst() > 0
                && (constants.getLast() == 0 || isSize(constants.getLast()));
      };
    }

    /** The slopes, up to this quotient, are doubles. */
    private static boolean isDivisor(double dividend, double constant) {
      return constant > 0 && dividend / constant <= Double.MAX_VALUE;
    }

    private static boolean isSize(double constant) {
      return constant >= 2 && constant == (int) constant;
    }
  }

  /**
   * The function of a word and constants.
   *
   * @throws IllegalArgumentException if there is none of that name, or none with such constants
   */
  static ActivationFunction of(String word, List<Double> constants) {
    for (ElementKind kind : ElementKind.values()) {
      if (word(kind).equals(word)) {
        return new OfElements(kind, constants);
      }
    }
    for (GroupKind kind : GroupKind.values()) {
      if (word(kind).equals(word)) {
        return new OfGroups(kind, constants);
      }
    }
    throw new IllegalArgumentException("no activation " + Quoted.code(word));
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static List<Double> checked(Enum<?> kind, boolean allowed, List<Double> constants) {
    if (!allowed || !constants.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(word(kind) + " has no constants " + constants);
    }
    return List.copyOf(constants);
  }
}
