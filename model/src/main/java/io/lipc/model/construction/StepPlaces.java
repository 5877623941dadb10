package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The places of a network's layers in its declaration. */
record StepPlaces(CheckedNetwork checked, Map<String, Integer> steps) {

  /** The places for a network and the declaration from which it was made. */
  static StepPlaces of(Declaration declaration, CheckedNetwork checked) {
    Map<String, Integer> steps = new HashMap<>();
    for (int i = 0; i < declaration.steps().size(); i++) {
      steps.put(declaration.steps().get(i).name(), i);
    }
    return new StepPlaces(checked, Map.copyOf(steps));
  }

  /**
   * The number of the step of a layer.
   *
   * @throws IllegalArgumentException if the network is another one's
   */
  int numberOf(int layer) {
    return Optional.ofNullable(steps.get(checked.stepNames().get(layer)))
        .orElseThrow(
            () -> new IllegalArgumentException("the network is not that of the declaration"));
  }

  Place of(int layer) {
    return new Place.OfStep(numberOf(layer));
  }
}
