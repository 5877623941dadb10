package io.lipc.formats;

/**
 * The binary floating-point format of a tensor's elements, and the precision of a network: each
 * weight and each constant is rounded to it once, when it is read. The rounded numbers are what is
 * certified and run.
 */
public enum ElementType {
  /** IEEE 754 binary32, the precision of a network that declares none; as Java's {@code float}. */
  F32(Float.BYTES),
  /** IEEE 754 binary64, as Java's {@code double}. */
  F64(Double.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of one element of this format in bytes: 4 or 8. */
  public int bytes() {
    return bytes;
  }

  /** Whether {@code value} is a finite number of this format, exactly. */
  public boolean holds(double value) {
    return Double.isFinite(value) && round(value) == value;
  }

  /** The number of this format nearest to {@code value}, ties to even; infinite if out of range. */
  public double round(double value) {
    return switch (this) {
      case F32 -> (float) value;
      case F64 -> value;
    };
  }
}
