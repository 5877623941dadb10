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

  /** A function of each group of neighbouring elements. */
  record Grouped(GroupedKind kind, List<Double> parameters) implements Nonlinear {
    public Grouped {
      parameters = counted(kind, parameters);
    }

    /** How many neighbouring elements of a vector of {@code width} elements are mapped together. */
    public int group(int width) {
      return switch (kind) {
        case MAXMIN, HOUSEHOLDER -> 2;
        case GROUP_SORT -> (int) (double) parameters.getFirst();
        case SOFTMAX -> width;
      };
    }

    /** Whether it sorts groups of two, under either of its names. */
    public boolean sortsPairs() {
      return switch (kind) {
        case MAXMIN -> true;
        case GROUP_SORT -> parameters.getFirst() == 2;
        case HOUSEHOLDER, SOFTMAX -> false;
      };
    }

    /** The condition beside finiteness that its first parameter breaks, if it breaks one. */
    public Optional<String> violated() {
      return switch (kind) {
        case MAXMIN, HOUSEHOLDER -> Optional.empty();
        case GROUP_SORT ->
            Optional.of("a whole number of at least 2").filter(_ -> !isSize(parameters.getFirst()));
        case SOFTMAX ->
            Optional.of("a positive number").filter(_ -> !isTemperature(parameters.getFirst()));
      };
    }

    private static boolean isSize(double parameter) {
      return parameter >= 2 && parameter <= MAX_ELEMENTS && parameter == Math.rint(parameter);
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
