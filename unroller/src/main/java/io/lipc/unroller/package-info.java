/**
 * Writes the unrolled loops of {@code lipc-runtime} and {@code lipc-linalg} when they are built:
 * register tiles, fused sums and transpositions, each said once. What is there for floats and for
 * doubles in the same words, as the networks of {@code lipc-runtime-tornado}, is written from one
 * text.
 */
@NullMarked
package io.lipc.unroller;

import org.jspecify.annotations.NullMarked;
