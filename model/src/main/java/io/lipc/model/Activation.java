package io.lipc.model;

import java.util.List;
import java.util.Optional;

/**
 * An activation function with its parameters.
 *
 * @param kind the function
 * @param parameters as many finite numbers as {@link ActivationKind#parameters()} lists, already
 *     rounded to the network's precision
 */
public record Activation(ActivationKind kind, List<Double> parameters) {

  public Activation {
    parameters = List.copyOf(parameters);
    if (parameters.size() != kind.parameterNames().size()) {
      throw new IllegalArgumentException(kind + " takes " + kind.parameterNames());
    }
  }

  /** An activation without parameters. */
  public static Activation of(ActivationKind kind) {
    return new Activation(kind, List.of());
  }

  /**
   * How many neighbouring elements of a vector of {@code width} elements are mapped together; 1 for
   * elementwise functions.
   */
  public int group(int width) {
    return switch (kind) {
      case MAXMIN, HOUSEHOLDER -> 2;
      case GROUP_SORT -> (int) (double) parameters.getFirst();
      case SOFTMAX, CENTER -> width;
      default -> 1;
    };
  }

  /** Whether it sorts groups of two, under either of its names. */
  public boolean sortsPairs() {
    return kind == ActivationKind.MAXMIN || (kind == ActivationKind.GROUP_SORT && group(0) == 2);
  }

  /** What its first parameter has to be besides finite, if it is not. */
  Optional<String> violated() {
    double first = parameters.isEmpty() ? 0 : parameters.getFirst();
    return switch (kind) {
      case GROUP_SORT ->
          Optional.of("a whole number of at least 2")
              .filter(_ -> !(first >= 2 && first <= Shape.MAX_SIZE && first == Math.rint(first)));
      case SOFTMAX ->
          Optional.of("a positive number")
              .filter(_ -> !(first > 0 && Double.isFinite(0.5 / first)));
      default -> Optional.empty();
    };
  }

  /** The same activation with each parameter rounded to {@code precision}. */
  Activation roundedTo(Precision precision) {
    return new Activation(kind, parameters.stream().map(precision::round).toList());
  }
}
