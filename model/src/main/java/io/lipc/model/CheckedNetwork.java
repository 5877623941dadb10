package io.lipc.model;

import java.util.List;

/**
 * A network together with what people call its layers; the names serve messages and generated code,
 * they are not part of what the network is.
 *
 * @param network the architecture
 * @param stepNames for each layer of {@code network}, in its order, the unique name of its step;
 *     see {@link Step#innerName}
 * @param documentation the doc comment of the declaration, empty where there is none
 * @param inputs the declared inputs, in the order in which they stand in the network's own
 */
public record CheckedNetwork(
    Network network, List<String> stepNames, String documentation, List<DeclaredInput> inputs) {

  /** One of the inputs that a network declares. */
  public record DeclaredInput(String name, Shape shape) {}

  public CheckedNetwork {
    inputs = List.copyOf(inputs);
    stepNames = List.copyOf(stepNames);
    if (stepNames.size() != network.layers().size()) {
      throw new IllegalArgumentException("one name per layer");
    }
  }

  /** A network whose one input need not be told from others. */
  public CheckedNetwork(Network network, List<String> stepNames, String documentation) {
    this(network, stepNames, documentation, List.of());
  }

  /** The name that the user gave to layer {@code index}, or that of the binding around it. */
  public String nameOf(int index) {
    return Step.bindingOf(stepNames.get(index));
  }
}
