package io.lipc.model;

import java.util.List;

/**
 * An activation function with its parameters.
 *
 * @param kind the function
 * @param parameters as many finite numbers as {@link ActivationKind#parameterNames()} lists,
 *     already rounded to the network's precision
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

  /** The same activation with each parameter rounded to {@code precision}. */
  Activation roundedTo(Precision precision) {
    return new Activation(kind, parameters.stream().map(precision::round).toList());
  }
}
