package io.lipc.model.activation;

import java.util.Optional;

/**
 * A constant of an activation, which is part of its declaration.
 *
 * @param name what the language calls it
 * @param domain the numbers for which something is proved of the activation
 * @param usual the value where it is left out; empty if it has to be given
 * @param example a value that one meets in practice
 */
public record Parameter(
    String name, ParameterDomain domain, Optional<Double> usual, double example) {

  /** One that has to be given. */
  static Parameter of(String name, ParameterDomain domain, double example) {
    return new Parameter(name, domain, Optional.empty(), example);
  }

  /** Any finite number, which has to be given. */
  static Parameter of(String name, double example) {
    return of(name, ParameterDomain.ALL, example);
  }
}
