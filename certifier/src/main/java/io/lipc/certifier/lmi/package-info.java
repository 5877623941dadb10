/**
 * Linear matrix inequalities over the coordinates of a network: how one is assembled, multipliers
 * by block elimination from input to output, and the best ones by an interior-point method.
 */
@NullMarked
package io.lipc.certifier.lmi;

import org.jspecify.annotations.NullMarked;
