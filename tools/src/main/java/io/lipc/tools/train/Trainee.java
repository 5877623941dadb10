package io.lipc.tools.train;

import io.lipc.training.StandardisedNetwork;
import io.lipc.training.Trainable;
import io.lipc.training.TrainableComposition;
import io.lipc.training.frozen.FreezingException;
import java.util.Optional;

/**
 * What is trained.
 *
 * @param network declares a construction, or calls networks that do
 * @param raw reads the table's units for it; empty where nothing standardises
 */
record Trainee(Trainable network, Optional<StandardisedNetwork> raw) {

  /**
   * What to say of its bound before training.
   *
   * @throws FreezingException if weights have no proof even at the start
   */
  Optional<String> warning() throws FreezingException {
    return network instanceof TrainableComposition composition
        ? ComposedText.warning(composition)
        : Optional.empty();
  }
}
