package io.lipc.onnx.operator;

/** A note about a layer, beside its type, for operators that mean one function together. */
sealed interface Note {

  /** The elements of a layer divided by a number, which a scale would round. */
  record Quotient(int operand, double divisor) implements Note {}

  /** The mean of all elements of a layer. */
  record Mean(int operand) implements Note {}

  /**
   * Sums of {@code size} elements of a layer each, {@code pixels} apart, as channels of images are.
   */
  record Sums(int operand, int size, int pixels) implements Note {}
}
