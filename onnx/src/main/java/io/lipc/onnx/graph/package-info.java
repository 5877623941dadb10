/**
 * What the file of a model says, not yet understood: nodes, tensors, shapes, and files beside it.
 */
@NullMarked
package io.lipc.onnx.graph;

import org.jspecify.annotations.NullMarked;
