package io.lipc.model;

import java.util.Optional;

/** The source of a network's weights. */
public sealed interface WeightsSource {

  /**
   * Given weights, read and certified at compile time.
   *
   * @param file the name as declared, resolved by the compiler against its roots
   */
  record Given(String file) implements WeightsSource {}

  /**
   * Weights that a construction makes from free parameters.
   *
   * @param construction what bounds the network whatever the parameters are
   * @param file trained weights, certified at compile time as given ones are; without it the
   *     weights are free until the network is loaded
   */
  record Parameterized(Construction construction, Optional<String> file) implements WeightsSource {}

  /** No weights were declared, which only a network without weighted layers may do. */
  record None() implements WeightsSource {}

  /** The declared file, where there is one. */
  default Optional<String> fileName() {
    return switch (this) {
      case Given given -> Optional.of(given.file());
      case Parameterized parameterized -> parameterized.file();
      case None _ -> Optional.empty();
    };
  }

  /** The source that the two clauses declare together. */
  static WeightsSource of(Optional<Construction> construction, Optional<String> file) {
    if (construction.isPresent()) {
      return new Parameterized(construction.get(), file);
    }
    return file.<WeightsSource>map(Given::new).orElseGet(None::new);
  }
}
