package io.lipc.tools.train;

import io.lipc.training.StandardisedNetwork;
import io.lipc.training.Trainable;
import io.lipc.training.TrainableComposition;
import io.lipc.training.frozen.FreezingException;
import java.util.Optional;

/**
 * The network to train, with the one that reads the table's units for it.
 *
 * @param network declares a construction, or calls networks that do
 * @param raw reads the table's units for it; empty where nothing standardises
 */
record Trainee(Trainable network, Optional<StandardisedNetwork> raw) {

  /**
   * The warning about its bound before training.
   *
   * @throws FreezingException if weights have no proof even at the start
   */
  Optional<String> warning() throws FreezingException {
    return network instanceof TrainableComposition composition
        ? ComposedText.warning(composition)
        : Optional.empty();
  }
}
