package io.lipc.model;

import java.util.List;

/**
 * A network together with what people call its layers; the names serve messages and generated code,
 * they are not part of what the network is.
 *
 * @param network the architecture
 * @param steps for each layer of {@code network}, in its order, the step that declared it
 * @param documentation the doc comment of the declaration, empty where there is none
 */
public record CheckedNetwork(Network network, List<Step> steps, String documentation) {

  public CheckedNetwork {
    steps = List.copyOf(steps);
    if (steps.size() != network.layers().size()) {
      throw new IllegalArgumentException("one step per layer");
    }
  }

  /** The name that the user gave to layer {@code index}, or that of the binding around it. */
  public String nameOf(int index) {
    return steps.get(index).displayName();
  }
}
