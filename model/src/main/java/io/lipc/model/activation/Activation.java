package io.lipc.model.activation;

import io.lipc.formats.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An activation function with its parameters. */
public sealed interface Activation {

  /** The most elements of a mapped vector, so that index arithmetic cannot overflow. */
  int MAX_ELEMENTS = 1 << 24;

  /** The function. */
  ActivationKind kind();

  /**
   * The constants, finite numbers, as many as {@link ActivationKind#parameters()} lists; in a
   * {@link io.lipc.model.Network}, already rounded to its precision.
   */
  List<Double> parameters();

  /**
   * An activation without parameters.
   *
   * @throws IllegalArgumentException if it needs some
   */
  static Activation of(ActivationKind kind) {
    return kind.with(List.of());
  }

  /** The same activation with each parameter rounded. */
  default Activation rounded(ElementType precision) {
    return kind().with(parameters().stream().map(precision::round).toList());
  }

  /** The activation as a formula, {@code leaky_relu(x, 0.1)} for the argument {@code x}. */
  default String applied(String argument) {
    String constants = parameters().stream().map(c -> ", " + c).collect(Collectors.joining());
    return kind().word() + "(" + argument + constants + ")";
  }

  /** An activation that is no linear map. */
  sealed interface Nonlinear extends Activation {}

  /** A function of each element by itself. */
  record Pointwise(PointwiseKind kind, List<Double> parameters) implements Nonlinear {
    public Pointwise {
      parameters = counted(kind, parameters);
    }

    /** An interval that holds all its slopes. */
    public SlopeBounds slopes() {
      return kind.slopes(parameters);
    }
  }

  /**
   * A condition that a parameter breaks.
   *
   * @param parameter its number
   * @param required the numbers that it may be, in words
   */
  record Violation(int parameter, String required) {}

  /** A function of each group of neighbouring elements. */
  record Grouped(GroupedKind kind, List<Double> parameters) implements Nonlinear {

    private static final String SIZE = "a whole number of at least 2";
    private static final String SIZE_OR_WHOLE = SIZE + ", or 0 for the whole vector";
    private static final String POSITIVE = "a positive number";

    public Grouped {
      parameters = counted(kind, parameters);
    }

    /** How many neighbouring elements of a vector of {@code width} elements are mapped together. */
    public int group(int width) {
      return switch (kind) {
        case MAXMIN, HOUSEHOLDER -> 2;
        case GROUP_SORT -> (int) (double) parameters.getFirst();
        case SOFTMAX, L2_NORMALIZE -> width;
        case LAYER_NORM -> isWhole() ? width : (int) (double) parameters.getLast();
      };
    }

    /** Whether its one group is the whole vector, however long that is. */
    public boolean isWhole() {
      return switch (kind) {
        case MAXMIN, GROUP_SORT, HOUSEHOLDER -> false;
        case SOFTMAX, L2_NORMALIZE -> true;
        case LAYER_NORM -> parameters.getLast() == 0;
      };
    }

    /** Whether the elements of each group of results have one sum, whatever it reads. */
    public boolean fixesSum() {
      return switch (kind) {
        case MAXMIN, GROUP_SORT, HOUSEHOLDER, L2_NORMALIZE -> false;
        case SOFTMAX, LAYER_NORM -> true;
      };
    }

    /** Whether a part of what it reads is in its results as it is. */
    public boolean passesOn() {
      return switch (kind) {
        case MAXMIN, GROUP_SORT, HOUSEHOLDER -> true;
        case SOFTMAX, LAYER_NORM, L2_NORMALIZE -> false;
      };
    }

    /** Whether it sorts groups of two, under either of its names. */
    public boolean sortsPairs() {
      return switch (kind) {
        case MAXMIN -> true;
        case GROUP_SORT -> parameters.getFirst() == 2;
        case HOUSEHOLDER, SOFTMAX, LAYER_NORM, L2_NORMALIZE -> false;
      };
    }

    /** The first condition beside finiteness that a parameter breaks, if one does. */
    public Optional<Violation> violated() {
      return switch (kind) {
        case MAXMIN, HOUSEHOLDER -> Optional.empty();
        case GROUP_SORT -> violation(isSize(parameters.getFirst()), 0, SIZE);
        case SOFTMAX -> violation(isTemperature(parameters.getFirst()), 0, POSITIVE);
        case L2_NORMALIZE -> violation(isLength(parameters.getFirst()), 0, POSITIVE);
        case LAYER_NORM ->
            violation(parameters.getFirst() > 0, 0, POSITIVE)
                .or(() -> violation(isWhole() || isSize(parameters.getLast()), 1, SIZE_OR_WHOLE));
      };
    }

    private static Optional<Violation> violation(boolean holds, int parameter, String required) {
      return holds ? Optional.empty() : Optional.of(new Violation(parameter, required));
    }

    private static boolean isSize(double parameter) {
      return parameter >= 2 && parameter <= MAX_ELEMENTS && parameter == Math.rint(parameter);
    }

    private static boolean isLength(double parameter) {
      return parameter > 0 && Double.isFinite(1 / parameter);
    }

    private static boolean isTemperature(double parameter) {
      return parameter > 0 && Double.isFinite(0.5 / parameter);
    }
  }

  /** A linear map. */
  record Linear(LinearKind kind) implements Activation {

    static Linear of(LinearKind kind, List<Double> parameters) {
      counted(kind, parameters);
      return new Linear(kind);
    }

    @Override
    public List<Double> parameters() {
      return List.of();
    }
  }

  private static List<Double> counted(ActivationKind kind, List<Double> parameters) {
    if (parameters.size() != kind.parameters().size()) {
      throw new IllegalArgumentException(kind + " takes " + kind.parameterNames());
    }
    return List.copyOf(parameters);
  }
}
