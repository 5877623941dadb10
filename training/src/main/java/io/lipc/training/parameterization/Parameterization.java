package io.lipc.training.parameterization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A smooth map from unconstrained numbers to the weights of a network, such that the network has
 * its Lipschitz bound, in l2, for every value of them. Immutable.
 */
public interface Parameterization {

  /** The number of free parameters. */
  int size();

  /**
   * The free parameters at the start of training.
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

  /**
   * The weights of several, whose free parameters stand one behind the other.
   *
   * @param parameters as many numbers as all of {@code parts} have together
   * @throws IllegalArgumentException if there are more or fewer
   * @throws FactorizationException as {@link #materialize} does
   */
  static List<Materialized> materializeAll(
      List<? extends Parameterization> parts, double[] parameters) {
    int size = parts.stream().mapToInt(Parameterization::size).reduce(0, Math::addExact);
    if (parameters.length != size) {
      throw new IllegalArgumentException(parameters.length + " parameters in place of " + size);
    }
    List<Materialized> made = new ArrayList<>();
    int from = 0;
    for (Parameterization part : parts) {
      int to = from + part.size();
      made.add(part.materialize(Arrays.copyOfRange(parameters, from, to)));
      from = to;
    }
    return List.copyOf(made);
  }
}
