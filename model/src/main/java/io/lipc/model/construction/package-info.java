/**
 * The hypotheses of constructions, whose weights meet a bound whatever their free parameters are:
 * the layers that they ask for, and what is said where a declaration differs.
 */
@NullMarked
package io.lipc.model.construction;

import org.jspecify.annotations.NullMarked;
