package io.lipc.compiler.reading;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Place;
import java.util.stream.IntStream;

/** The places at which layers were declared. */
public final class LayerPlaces {

  private LayerPlaces() {}

  /** The step of layer number {@code layer}; the network if no step was written. */
  public static Place of(Declaration declaration, CheckedNetwork checked, int layer) {
    String name = checked.stepNames().get(layer);
    return IntStream.range(0, declaration.steps().size())
        .filter(step -> declaration.steps().get(step).name().equals(name))
        .<Place>mapToObj(Place.OfStep::new)
        .findFirst()
        .orElseGet(Place.OfNetwork::new);
  }
}
