package io.lipc.training.parameterization;

import java.util.List;

/**
 * A parameterization by a theorem, whose free parameters have names.
 *
 * <p>The theorem is about real numbers. Weights are computed in doubles and rounded once more to be
 * stored, so that a stored network has its bound only where the certificate's checker says so: with
 * {@link Materialized#multipliers()}, and {@link Multipliers#spread} for a bound a little larger,
 * or by the norms of its layers.
 */
public sealed interface Construction extends Parameterization
    permits Composition, SingleConstruction {

  /** The Lipschitz bound, in l2, of every network that it gives. */
  double bound();

  /**
   * Whether {@link Materialized#multipliers()} prove the bound. Where there are none, the norms of
   * layers do, each by itself.
   */
  default boolean hasMultipliers() {
    return true;
  }

  /** The free parameters in the order of their offsets, without gaps. */
  List<FreeParameter> freeParameters();

  @Override
  default int size() {
    FreeParameter last = freeParameters().getLast();
    return Math.addExact(last.offset(), last.size());
  }
}
