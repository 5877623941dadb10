/**
 * The computation: kernels, the buffers between them, and the graphs that they make, forward and
 * reverse.
 */
@NullMarked
package io.lipc.kernels.graph;

import org.jspecify.annotations.NullMarked;
