package io.lipc.training.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Activations of up to three linear pieces, on a device. A table has where the second and the third
 * piece begin, then slope and constant of each. NaN has the last piece, whose product keeps it.
 */
final class PiecewiseKernels {

  private PiecewiseKernels() {}

  /** {@code y = s x + c}. */
  static void value(FloatArray x, FloatArray y, FloatArray table, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float slope = table.get(6);
      float constant = table.get(7);
      if (t < table.get(0)) {
        slope = table.get(2);
        constant = table.get(3);
      } else if (t < table.get(1)) {
        slope = table.get(4);
        constant = table.get(5);
      }
      y.set(item, slope * t + constant);
    }
  }

  /** {@code dx = s dy}, or {@code dx += s dy}. */
  static void slope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray table, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float slope = table.get(6);
      if (t < table.get(0)) {
        slope = table.get(2);
      } else if (t < table.get(1)) {
        slope = table.get(4);
      }
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }
}
