package io.lipc.tools.train;

import io.lipc.training.StandardisedNetwork;
import io.lipc.training.TrainableNetwork;
import java.util.Optional;

/**
 * What is trained.
 *
 * @param network declares a construction
 * @param raw reads the table's units for it; empty where nothing standardises
 */
record Trainee(TrainableNetwork network, Optional<StandardisedNetwork> raw) {}
