package io.lipc.training.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels that move, scale and add elements, on a device. Vectors as in {@link DenseKernels}. */
final class PlaceKernels {

  private PlaceKernels() {}

  /**
   * {@code y = x}, or {@code y += x}, of neighbouring numbers.
   *
   * @param from the place of the first one in x
   * @param to the place of the first one in y
   * @param adds 1 where it is added to what is there, else 0
   */
  static void copy(FloatArray x, FloatArray y, int from, int to, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float value = x.get(from + item);
      if (adds == 1) {
        value += y.get(to + item);
      }
      y.set(to + item, value);
    }
  }

  /** {@code y_i = f_i x_p(i) + t_i}. */
  static void selected(
      FloatArray x,
      FloatArray y,
      IntArray places,
      FloatArray factors,
      FloatArray shifts,
      int rows,
      int batch) {
    for (@Parallel int item = 0; item < rows * batch; item++) {
      int i = item / batch;
      int j = item - i * batch;
      y.set(item, factors.get(i) * x.get(places.get(i) * batch + j) + shifts.get(i));
    }
  }

  /**
   * {@code dx_k = sum of f_i dy_i}, or {@code dx_k += ...}, over the rows i that read element k.
   *
   * @param first where the rows of each element begin in {@code readers}, and where the last end
   */
  static void unselected(
      FloatArray dy,
      FloatArray dx,
      IntArray first,
      IntArray readers,
      FloatArray factors,
      int columns,
      int batch,
      int adds) {
    for (@Parallel int item = 0; item < columns * batch; item++) {
      int k = item / batch;
      int j = item - k * batch;
      float sum = 0;
      for (int n = first.get(k); n < first.get(k + 1); n++) {
        int i = readers.get(n);
        sum += factors.get(i) * dy.get(i * batch + j);
      }
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /**
   * {@code y = x - mean(x)}, or what is added to y: a work item for each sample. The map is
   * symmetric, so it is its own adjoint.
   *
   * @param adds 1 where it is added to what is there, else 0
   */
  static void center(FloatArray x, FloatArray y, int size, int batch, int adds) {
    for (@Parallel int j = 0; j < batch; j++) {
      float sum = 0;
      for (int i = 0; i < size; i++) {
        sum += x.get(i * batch + j);
      }
      float mean = sum / size;
      for (int i = 0; i < size; i++) {
        float value = x.get(i * batch + j) - mean;
        if (adds == 1) {
          value += y.get(i * batch + j);
        }
        y.set(i * batch + j, value);
      }
    }
  }
}
