/** Networks as ONNX models, in standard operators. */
@NullMarked
package io.lipc.onnx.writing;

import org.jspecify.annotations.NullMarked;
