/**
 * Encloses every value of a network over an input region, in real arithmetic, computed by doubles.
 * Only here enclosures pass through units.
 *
 * <p>{@link io.lipc.certificate.enclosure.Evaluation} knows the units, and an {@link
 * io.lipc.certificate.enclosure.Arithmetic} what it computes with: exact numbers, ranges, or ranges
 * with the errors of the numbers that a program computes. The proof is an induction over the units:
 * if the enclosures of the operands of an operation are true, so is the result's, and every unit is
 * made of such operations. Each arithmetic has the proof of its own operations above it; {@link
 * io.lipc.certificate.enclosure.Outward} has that of rounding outward.
 *
 * <p>The bound of rounding errors and the evaluation of counterexamples rest on it. The checker of
 * certificates does not.
 */
@NullMarked
package io.lipc.certificate.enclosure;

import org.jspecify.annotations.NullMarked;
