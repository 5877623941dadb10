package io.lipc.training.parameterization;

import java.util.List;

/** A parameterization by a theorem, whose free parameters have names. */
public sealed interface Construction extends Parameterization
    permits LdltChain, LdltResidual, SllChain {

  /** The Lipschitz bound, in l2, of every network that it gives. */
  double bound();

  /** The free parameters in the order of their offsets, without gaps. */
  List<FreeParameter> freeParameters();

  @Override
  default int size() {
    FreeParameter last = freeParameters().getLast();
    return Math.addExact(last.offset(), last.size());
  }
}
