package io.lipc.model;

import io.lipc.certificate.linear.BatchNorm;
import java.util.List;
import java.util.Optional;

/**
 * The form {@code x |> batch_norm |> Inner}: a network that brings its inputs, of whatever units,
 * to mean 0 and deviation 1, and calls another one with them.
 *
 * @param layer means, deviations, and which elements share them
 * @param inner the qualified name of the network that is called
 */
public record StandardisingForm(BatchNorm layer, String inner) {

  /** The form of a network, if it has this one. */
  public static Optional<StandardisingForm> of(Network network) {
    List<Layer> layers = network.layers();
    return layers.size() == 3
            && layers.get(0) instanceof Layer.Input
            && layers.get(1) instanceof Layer.Linear(_, BatchNorm layer, _)
            && layers.get(2) instanceof Layer.Call(_, String inner, _)
            && layers.get(2).operands().equals(List.of(1))
        ? Optional.of(new StandardisingForm(layer, inner))
        : Optional.empty();
  }

  /** Whether a network has a layer {@code batch_norm}, which nothing is trained through. */
  public static boolean standardises(Network network) {
    return network.layers().stream()
        .anyMatch(layer -> layer.linear().filter(BatchNorm.class::isInstance).isPresent());
  }

  /** Whether a network has this form and calls {@code inner}. */
  public static boolean calls(Network network, String inner) {
    return of(network).filter(form -> form.inner().equals(inner)).isPresent();
  }
}
