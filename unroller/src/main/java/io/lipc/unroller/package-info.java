/**
 * Writes the unrolled loops of {@code lipc-runtime} when it is built: register tiles, fused sums
 * and transpositions, each said once.
 */
@NullMarked
package io.lipc.unroller;

import org.jspecify.annotations.NullMarked;
