/**
 * Tensors, digests, and strict readers for safetensors, {@code .nnet} and JSON. The package uses
 * the JDK alone and trusts no length, offset or name that a file states.
 */
@NullMarked
package io.lipc.formats;

import org.jspecify.annotations.NullMarked;
