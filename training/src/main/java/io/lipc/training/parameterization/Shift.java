package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;

/**
 * The scalar a of a {@link Contraction} as three variables of one value. Where all are used, the
 * gradients of two of them are added before that of the third: the order decides the last bits of
 * trained weights, and stored ones are to come out again.
 *
 * @param inFactor for making C
 * @param inComplement for making {@code sqrt(a) C^-1}
 * @param inDirection for making {@code a^-1/2 V}
 */
record Shift(Variable inFactor, Variable inComplement, Variable inDirection) {

  static Shift factorLast(Variable a) {
    Variable first = a.times(1);
    return new Shift(a, first, first);
  }

  static Shift directionLast(Variable a) {
    Variable first = a.times(1);
    return new Shift(first, first, a);
  }
}
