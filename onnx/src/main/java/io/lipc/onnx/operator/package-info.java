/**
 * The translation of each operator of ONNX into layers, and the results of nodes that read only
 * constants.
 */
@NullMarked
package io.lipc.onnx.operator;

import org.jspecify.annotations.NullMarked;
