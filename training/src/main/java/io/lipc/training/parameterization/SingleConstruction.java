package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A construction that is composed of no others. It says where its parameters lie, where they start,
 * and which weights they give; all else is the same for each. Classes of this package alone can
 * extend it, and no list of them is kept.
 */
abstract non-sealed class SingleConstruction implements Construction {

  private final double bound;
  private final Layout layout;

  /**
   * A construction.
   *
   * @param bound L, positive and finite
   * @param layout its free parameters
   * @throws IllegalArgumentException if it is no bound
   */
  SingleConstruction(double bound, Layout layout) {
    Widths.requireBound(bound);
    this.bound = bound;
    this.layout = layout;
  }

  @Override
  public final double bound() {
    return bound;
  }

  @Override
  public final List<FreeParameter> freeParameters() {
    return layout.parameters();
  }

  @Override
  public final double[] initial(RandomGenerator random) {
    Start start = new Start(layout, random);
    initialise(start);
    return start.parameters();
  }

  /** Fills in where training starts. */
  abstract void initialise(Start start);

  @Override
  public final Materialized materialize(double[] parameters) {
    Layout.Free free = layout.read(parameters);
    ConstructedWeights weights = new ConstructedWeights(layout, free);
    construct(free.matrices(), weights);
    return weights;
  }

  /**
   * Makes the weights, and the multipliers of the activations in their order.
   *
   * @param free the parameters by name
   * @param weights receives both
   * @throws FactorizationException if a factorisation fails in floating point
   */
  abstract void construct(Map<String, Variable> free, ConstructedWeights weights);
}
