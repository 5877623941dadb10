package io.lipc.onnx.protobuf;

import java.util.Arrays;

/** A growing list of numbers without boxes. */
final class Numbers {

  private double[] values = new double[16];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  double[] all() {
    return Arrays.copyOf(values, size);
  }
}
