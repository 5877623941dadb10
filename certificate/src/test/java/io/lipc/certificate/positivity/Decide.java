package io.lipc.certificate.positivity;

import java.util.List;

/** The three procedures, each with all the work that a network without weights may ask for. */
final class Decide {

  private Decide() {}

  static Decision eliminates(List<List<Dyadic>> matrix) {
    return Positivity.eliminates(matrix, new Work(() -> {}));
  }

  static Decision congruent(List<List<Long>> witness, List<List<Dyadic>> matrix) {
    return Positivity.congruent(witness, matrix, new Work(() -> {}));
  }

  static Decision factorises(List<List<Ball>> matrix) {
    return Positivity.factorises(matrix, new Work(() -> {}));
  }
}
