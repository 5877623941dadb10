package io.lipc.training.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Activations of groups of elements, on a device, a work item for each group of each sample. The
 * elements of a group are {@code pixels} apart, as {@code ChannelGroups} says. Sorting exchanges
 * numbers and makes none, so NaN stays.
 */
final class GroupKernels {

  private GroupKernels() {}

  /** Each group in falling order. */
  static void sort(FloatArray x, FloatArray y, int groups, int group, int pixels, int batch) {
    for (@Parallel int item = 0; item < groups * batch; item++) {
      int number = item / batch;
      int rows = number / pixels;
      int base = (rows * group * pixels + number - rows * pixels) * batch + item - number * batch;
      int step = pixels * batch;
      for (int i = 0; i < group; i++) {
        y.set(base + i * step, x.get(base + i * step));
      }
      for (int i = 0; i < group; i++) {
        for (int k = i + 1; k < group; k++) {
          float front = y.get(base + i * step);
          float behind = y.get(base + k * step);
          if (behind > front) {
            y.set(base + i * step, behind);
            y.set(base + k * step, front);
          }
        }
      }
    }
  }

  /**
   * The adjoint of {@link #sort}: the place of an element is the number of those before it.
   *
   * @param adds 1 where it is added to what is there, else 0
   */
  static void unsort(
      FloatArray x,
      FloatArray dy,
      FloatArray dx,
      int groups,
      int group,
      int pixels,
      int batch,
      int adds) {
    for (@Parallel int item = 0; item < groups * batch; item++) {
      int number = item / batch;
      int rows = number / pixels;
      int base = (rows * group * pixels + number - rows * pixels) * batch + item - number * batch;
      int step = pixels * batch;
      for (int i = 0; i < group; i++) {
        float value = x.get(base + i * step);
        int place = 0;
        for (int k = 0; k < group; k++) {
          float other = x.get(base + k * step);
          if (other > value) {
            place = place + 1;
          } else if (other == value) {
            if (k < i) {
              place = place + 1;
            }
          }
        }
        float sum = dy.get(base + place * step);
        if (adds == 1) {
          sum += dx.get(base + i * step);
        }
        dx.set(base + i * step, sum);
      }
    }
  }

  /**
   * {@code y = z - 2 v v'z} where {@code v'z < 0}, or is NaN, else {@code y = z}, for each pair z.
   *
   * @param v two numbers
   */
  static void mirror(FloatArray x, FloatArray y, FloatArray v, int pairs, int pixels, int batch) {
    for (@Parallel int item = 0; item < pairs * batch; item++) {
      int number = item / batch;
      int rows = number / pixels;
      int base = (rows * 2 * pixels + number - rows * pixels) * batch + item - number * batch;
      int other = base + pixels * batch;
      float product = v.get(0) * x.get(base) + v.get(1) * x.get(other);
      float twice = 2 * product;
      if (product >= 0) {
        twice = 0;
      }
      y.set(base, x.get(base) - v.get(0) * twice);
      y.set(other, x.get(other) - v.get(1) * twice);
    }
  }

  /** The adjoint of {@link #mirror}, which is the same mirror. */
  static void unmirror(
      FloatArray x,
      FloatArray dy,
      FloatArray dx,
      FloatArray v,
      int pairs,
      int pixels,
      int batch,
      int adds) {
    for (@Parallel int item = 0; item < pairs * batch; item++) {
      int number = item / batch;
      int rows = number / pixels;
      int base = (rows * 2 * pixels + number - rows * pixels) * batch + item - number * batch;
      int other = base + pixels * batch;
      float twice = 2 * (v.get(0) * dy.get(base) + v.get(1) * dy.get(other));
      if (v.get(0) * x.get(base) + v.get(1) * x.get(other) >= 0) {
        twice = 0;
      }
      float first = dy.get(base) - v.get(0) * twice;
      float second = dy.get(other) - v.get(1) * twice;
      if (adds == 1) {
        first += dx.get(base);
        second += dx.get(other);
      }
      dx.set(base, first);
      dx.set(other, second);
    }
  }

  /** {@code y_i = e_i / (e_0 + e_1 + ...)} with {@code e_i = exp((x_i - max x) / T)}. */
  static void softmax(FloatArray x, FloatArray y, FloatArray temperature, int size, int batch) {
    for (@Parallel int j = 0; j < batch; j++) {
      float max = x.get(j);
      for (int i = 1; i < size; i++) {
        if (x.get(i * batch + j) > max) {
          max = x.get(i * batch + j);
        }
      }
      float sum = 0;
      for (int i = 0; i < size; i++) {
        float power = TornadoMath.exp((x.get(i * batch + j) - max) / temperature.get(0));
        y.set(i * batch + j, power);
        sum += power;
      }
      for (int i = 0; i < size; i++) {
        y.set(i * batch + j, y.get(i * batch + j) / sum);
      }
    }
  }

  /** {@code dx = (diag(y) - y y') dy / T}, or what is added to it, for the result y of softmax. */
  static void unsoftmax(
      FloatArray y,
      FloatArray dy,
      FloatArray dx,
      FloatArray temperature,
      int size,
      int batch,
      int adds) {
    for (@Parallel int j = 0; j < batch; j++) {
      float mean = 0;
      for (int i = 0; i < size; i++) {
        mean += y.get(i * batch + j) * dy.get(i * batch + j);
      }
      for (int i = 0; i < size; i++) {
        int place = i * batch + j;
        float value = y.get(place) * (dy.get(place) - mean) / temperature.get(0);
        if (adds == 1) {
          value += dx.get(place);
        }
        dx.set(place, value);
      }
    }
  }
}
