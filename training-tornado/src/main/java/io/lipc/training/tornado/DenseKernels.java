package io.lipc.training.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Dense layers on a device. Element i of sample j of a vector stands at {@code i batch + j}, so
 * that neighbouring work items, which have neighbouring samples, read neighbours; a weight is the
 * same for all of them. Whole numbers are constants of the compiled code.
 */
final class DenseKernels {

  private DenseKernels() {}

  /** {@code y = W x + b}, a work item for each element of each sample. */
  static void forward(
      FloatArray w, FloatArray b, FloatArray x, FloatArray y, int rows, int columns, int batch) {
    for (@Parallel int item = 0; item < rows * batch; item++) {
      int i = item / batch;
      int j = item - i * batch;
      float sum = b.get(i);
      for (int k = 0; k < columns; k++) {
        sum += w.get(i * columns + k) * x.get(k * batch + j);
      }
      y.set(item, sum);
    }
  }

  /**
   * {@code dx = W' dy}, or {@code dx += W' dy}.
   *
   * @param adds 1 where it is added to what is there, else 0
   */
  static void inputs(
      FloatArray w, FloatArray dy, FloatArray dx, int rows, int columns, int batch, int adds) {
    for (@Parallel int item = 0; item < columns * batch; item++) {
      int k = item / batch;
      int j = item - k * batch;
      float sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += w.get(i * columns + k) * dy.get(i * batch + j);
      }
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /**
   * {@code dW = dy x'}, or {@code dW += dy x'}, summed over samples: a work item for each weight.
   */
  static void weights(
      FloatArray x, FloatArray dy, FloatArray dw, int rows, int columns, int batch, int adds) {
    for (@Parallel int item = 0; item < rows * columns; item++) {
      int i = item / columns;
      int k = item - i * columns;
      float sum = 0;
      for (int j = 0; j < batch; j++) {
        sum += dy.get(i * batch + j) * x.get(k * batch + j);
      }
      if (adds == 1) {
        sum += dw.get(item);
      }
      dw.set(item, sum);
    }
  }

  /**
   * {@code db = dy}, or {@code db += dy}, summed over samples, and over pixels of an image.
   *
   * @param terms how many numbers a sum has: samples times pixels
   */
  static void biases(FloatArray dy, FloatArray db, int rows, int terms, int adds) {
    for (@Parallel int i = 0; i < rows; i++) {
      float sum = 0;
      for (int j = 0; j < terms; j++) {
        sum += dy.get(i * terms + j);
      }
      if (adds == 1) {
        sum += db.get(i);
      }
      db.set(i, sum);
    }
  }
}
