/**
 * Passes from graph to graph: lowering of networks, fusion of activations, the plan of buffers,
 * inlining of called networks, and the reverse of a graph.
 */
@NullMarked
package io.lipc.kernels.pass;

import org.jspecify.annotations.NullMarked;
