/**
 * Reads ONNX models of feed-forward networks. The package trusts no length, count or name that a
 * file states.
 */
@NullMarked
package io.lipc.onnx;

import org.jspecify.annotations.NullMarked;
