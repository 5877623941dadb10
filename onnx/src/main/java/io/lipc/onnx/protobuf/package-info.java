/**
 * Messages of protobuf, read within limits and written, and the exception that says what is wrong
 * with a file.
 */
@NullMarked
package io.lipc.onnx.protobuf;

import org.jspecify.annotations.NullMarked;
