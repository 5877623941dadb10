package io.lipc.model;

/** Where the weights of a network come from. */
public sealed interface WeightsSource {

  /**
   * Given weights, read and certified at compile time.
   *
   * @param file the name as declared, resolved by the compiler against its roots
   */
  record Given(String file) implements WeightsSource {}

  /** Nothing was declared; only a network without weighted layers can do without. */
  record None() implements WeightsSource {}
}
