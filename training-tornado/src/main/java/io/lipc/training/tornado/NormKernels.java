package io.lipc.training.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Layer normalisation and its adjoint, on a device, a work item for each group of each sample. The
 * elements of a group are {@code pixels} apart, as {@code ChannelGroups} says.
 */
final class NormKernels {

  private NormKernels() {}

  /** {@code y_i = (x_i - mean) / sqrt(variance + epsilon)} in each group. */
  static void normalise(
      FloatArray x,
      FloatArray y,
      FloatArray epsilon,
      int groups,
      int group,
      int pixels,
      int batch) {
    for (@Parallel int item = 0; item < groups * batch; item++) {
      int number = item / batch;
      int rows = number / pixels;
      int base = (rows * group * pixels + number - rows * pixels) * batch + item - number * batch;
      int step = pixels * batch;
      float mean = 0;
      for (int i = 0; i < group; i++) {
        mean += x.get(base + i * step);
      }
      mean = mean / group;
      float squares = 0;
      for (int i = 0; i < group; i++) {
        float d = x.get(base + i * step) - mean;
        squares += d * d;
      }
      float root = TornadoMath.sqrt(squares / group + epsilon.get(0));
      for (int i = 0; i < group; i++) {
        y.set(base + i * step, (x.get(base + i * step) - mean) / root);
      }
    }
  }

  /**
   * The adjoint of {@link #normalise}: with d the elements less their mean and w those of dy,
   * {@code dx = (w - d d'w / (n root^2)) / root}, or what is added to it.
   *
   * @param adds 1 where it is added to what is there, else 0
   */
  static void unnormalise(
      FloatArray x,
      FloatArray dy,
      FloatArray dx,
      FloatArray epsilon,
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
      float mean = 0;
      float meanOfGradient = 0;
      for (int i = 0; i < group; i++) {
        mean += x.get(base + i * step);
        meanOfGradient += dy.get(base + i * step);
      }
      mean = mean / group;
      meanOfGradient = meanOfGradient / group;
      float squares = 0;
      float along = 0;
      for (int i = 0; i < group; i++) {
        float d = x.get(base + i * step) - mean;
        squares += d * d;
        along += d * (dy.get(base + i * step) - meanOfGradient);
      }
      float variance = squares / group + epsilon.get(0);
      float root = TornadoMath.sqrt(variance);
      float share = along / (group * variance);
      for (int i = 0; i < group; i++) {
        float d = x.get(base + i * step) - mean;
        float value = (dy.get(base + i * step) - meanOfGradient - d * share) / root;
        if (adds == 1) {
          value += dx.get(base + i * step);
        }
        dx.set(base + i * step, value);
      }
    }
  }
}
