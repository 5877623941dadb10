/** What each operator of ONNX is as layers, and what nodes compute of constants. */
@NullMarked
package io.lipc.onnx.operator;

import org.jspecify.annotations.NullMarked;
