/**
 * The content of a model's file, not yet interpreted: nodes, tensors, shapes, and files beside it.
 */
@NullMarked
package io.lipc.onnx.graph;

import org.jspecify.annotations.NullMarked;
