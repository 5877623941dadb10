/**
 * Writes the unrolled loops of {@code lipc-runtime} and {@code lipc-linalg} when they are built:
 * register tiles, fused sums and transpositions, each said once.
 */
@NullMarked
package io.lipc.unroller;

import org.jspecify.annotations.NullMarked;
