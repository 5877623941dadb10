/**
 * What can be said of every value of a network over a region of inputs, in real arithmetic, found
 * by doubles. The one place where enclosures pass through units.
 *
 * <p>{@link io.lipc.certificate.enclosure.Evaluation} knows the units, and an {@link
 * io.lipc.certificate.enclosure.Arithmetic} what it computes with: exact numbers, ranges, or ranges
 * with the errors of the numbers that a program computes. The proof is an induction over the units:
 * if what is known of the operands of an operation is true, so is what its arithmetic says of the
 * result, and every unit is made of such operations. Each arithmetic has the proof of its own
 * operations above it; {@link io.lipc.certificate.enclosure.Outward} has that of rounding outward.
 *
 * <p>The bound of rounding errors and the evaluation of counterexamples rest on it. The checker of
 * certificates does not.
 */
@NullMarked
package io.lipc.certificate.enclosure;

import org.jspecify.annotations.NullMarked;
