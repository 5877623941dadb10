package io.lipc.model;

import io.lipc.model.activation.Activation;

/**
 * The binary format in which weights and constants are stored and the network is evaluated. Every
 * number is rounded to it once, when it is read; the rounded value is what is certified and run.
 */
public enum Precision {
  /** IEEE 754 binary32, the default. */
  F32,
  /** IEEE 754 binary64. */
  F64;

  /** The nearest number of this format, ties to even; infinite if {@code value} is out of range. */
  public double round(double value) {
    return switch (this) {
      case F32 -> (float) value;
      case F64 -> value;
    };
  }

  /** The same activation with each parameter rounded. */
  public Activation rounded(Activation activation) {
    return activation.kind().with(activation.parameters().stream().map(this::round).toList());
  }
}
