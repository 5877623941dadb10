package io.lipc.annotations;

/** A binary floating-point format. */
public enum FloatFormat {
  /** IEEE 754 binary32: the generated class reads and gives {@code float[]}. */
  F32,
  /** IEEE 754 binary64: the generated class reads and gives {@code double[]}. */
  F64
}
