/**
 * From a checked network to code: a small kernel graph, its reference interpreter, and the
 * emitters.
 */
@NullMarked
package io.lipc.kernels;

import org.jspecify.annotations.NullMarked;
