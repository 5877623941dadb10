package io.lipc.annotations;

/**
 * The binary floating-point format of a network's numbers and of its arithmetic. The formats of
 * tensors are another type: programs that declare networks import this package alone.
 */
public enum FloatFormat {
  /** IEEE 754 binary32: the generated class reads and gives {@code float[]}. */
  F32,
  /** IEEE 754 binary64: the generated class reads and gives {@code double[]}. */
  F64
}
