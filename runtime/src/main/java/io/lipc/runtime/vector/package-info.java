/**
 * Kernels of the Vector API, on arrays alone: tiles, panels and pixels. Loaded only where its
 * module is.
 */
@NullMarked
package io.lipc.runtime.vector;

import org.jspecify.annotations.NullMarked;
