package io.lipc.training.parameterization;

import java.util.random.RandomGenerator;

/**
 * A smooth map from unconstrained numbers to the weights of a network, such that the network has
 * its Lipschitz bound, in l2, for every value of them. Immutable.
 */
public interface Parameterization {

  /** The number of free parameters. */
  int size();

  /**
   * Where training starts.
   *
   * @return {@link #size()} finite numbers, the same ones for generators in the same state
   */
  double[] initial(RandomGenerator random);

  /**
   * The weights that belong to {@code parameters}.
   *
   * @param parameters {@link #size()} numbers; the array may change afterwards
   * @throws FactorizationException if a factorisation fails in floating point: nothing is projected
   *     or shifted to make it succeed
   */
  Materialized materialize(double[] parameters);
}
