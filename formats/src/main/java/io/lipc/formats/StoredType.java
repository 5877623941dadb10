package io.lipc.formats;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a safetensors file stores the elements of a tensor. Numbers of two bytes are read as the
 * floats that they are, so that everything behind, digests included, knows two formats.
 */
enum StoredType {
  F32(Float.BYTES, ElementType.F32),
  F64(Double.BYTES, ElementType.F64),
  /** The 16-bit format of IEEE 754. */
  F16(Short.BYTES, ElementType.F32),
  /** The upper half of a float. */
  BF16(Short.BYTES, ElementType.F32);

  private final int bytes;
  private final ElementType readAs;

  StoredType(int bytes, ElementType readAs) {
    this.bytes = bytes;
    this.readAs = readAs;
  }

  /** The type that a file calls so; empty if it is not read. */
  static Optional<StoredType> of(String dtype) {
    return Arrays.stream(values()).filter(type -> type.name().equals(dtype)).findFirst();
  }

  /** The size of one element. */
  int bytes() {
    return bytes;
  }

  /** The format in which all of its numbers are exact. */
  ElementType readAs() {
    return readAs;
  }
}
