package io.lipc.training.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Convolutions and pools on a device. {@code window} says which pixel of the input tap number a of
 * an output pixel p reads, at {@code p area + a}, or -1 outside; {@code readers} which output pixel
 * reads an input pixel by that tap, likewise. A convolution's kernel has {@code read} times {@code
 * area} numbers for each of its channels, {@code sharing} of which read the same channels.
 */
final class ImageKernels {

  private ImageKernels() {}

  /** {@code y = K * x + b}, a work item for each pixel of each channel of each sample. */
  static void forward(
      FloatArray w,
      FloatArray b,
      FloatArray x,
      FloatArray y,
      IntArray window,
      int channels,
      int read,
      int sharing,
      int from,
      int to,
      int area,
      int batch) {
    for (@Parallel int item = 0; item < channels * to * batch; item++) {
      int row = item / batch;
      int j = item - row * batch;
      int o = row / to;
      int p = row - o * to;
      float sum = b.get(o);
      for (int c = 0; c < read; c++) {
        int channel = o / sharing * read + c;
        for (int a = 0; a < area; a++) {
          int q = window.get(p * area + a);
          if (q >= 0) {
            sum += w.get((o * read + c) * area + a) * x.get((channel * from + q) * batch + j);
          }
        }
      }
      y.set(item, sum);
    }
  }

  /**
   * The gradient of the input, or what is added to it, a work item for each of its numbers.
   *
   * @param channels of the input
   * @param adds 1 where it is added to what is there, else 0
   */
  static void inputs(
      FloatArray w,
      FloatArray dy,
      FloatArray dx,
      IntArray readers,
      int channels,
      int read,
      int sharing,
      int from,
      int to,
      int area,
      int batch,
      int adds) {
    for (@Parallel int item = 0; item < channels * from * batch; item++) {
      int row = item / batch;
      int j = item - row * batch;
      int channel = row / from;
      int q = row - channel * from;
      int group = channel / read;
      int c = channel - group * read;
      float sum = 0;
      for (int n = 0; n < sharing; n++) {
        int o = group * sharing + n;
        for (int a = 0; a < area; a++) {
          int p = readers.get(q * area + a);
          if (p >= 0) {
            sum += w.get((o * read + c) * area + a) * dy.get((o * to + p) * batch + j);
          }
        }
      }
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /** The gradient of K, summed over samples and then over pixels: a work item for each number. */
  static void weights(
      FloatArray x,
      FloatArray dy,
      FloatArray dw,
      IntArray window,
      int channels,
      int read,
      int sharing,
      int from,
      int to,
      int area,
      int batch,
      int adds) {
    for (@Parallel int item = 0; item < channels * read * area; item++) {
      int row = item / area;
      int a = item - row * area;
      int o = row / read;
      int channel = o / sharing * read + row - o * read;
      float total = 0;
      for (int p = 0; p < to; p++) {
        int q = window.get(p * area + a);
        if (q >= 0) {
          float sum = 0;
          for (int j = 0; j < batch; j++) {
            sum += dy.get((o * to + p) * batch + j) * x.get((channel * from + q) * batch + j);
          }
          total += sum;
        }
      }
      if (adds == 1) {
        total += dw.get(item);
      }
      dw.set(item, total);
    }
  }

  /** The mean of what a window reads. */
  static void mean(
      FloatArray x,
      FloatArray y,
      IntArray window,
      FloatArray factor,
      int channels,
      int from,
      int to,
      int area,
      int batch) {
    for (@Parallel int item = 0; item < channels * to * batch; item++) {
      int row = item / batch;
      int j = item - row * batch;
      int channel = row / to;
      int p = row - channel * to;
      float sum = 0;
      for (int a = 0; a < area; a++) {
        int q = window.get(p * area + a);
        if (q >= 0) {
          sum += x.get((channel * from + q) * batch + j);
        }
      }
      y.set(item, factor.get(0) * sum);
    }
  }

  /** The adjoint of {@link #mean}: each element receives its share. */
  static void unmean(
      FloatArray dy,
      FloatArray dx,
      IntArray readers,
      FloatArray factor,
      int channels,
      int from,
      int to,
      int area,
      int batch,
      int adds) {
    for (@Parallel int item = 0; item < channels * from * batch; item++) {
      int row = item / batch;
      int j = item - row * batch;
      int channel = row / from;
      int q = row - channel * from;
      float sum = 0;
      for (int a = 0; a < area; a++) {
        int p = readers.get(q * area + a);
        if (p >= 0) {
          sum += dy.get((channel * to + p) * batch + j);
        }
      }
      float share = factor.get(0) * sum;
      if (adds == 1) {
        share += dx.get(item);
      }
      dx.set(item, share);
    }
  }

  /**
   * The maximum of what a window reads, NaN if one of these is, and which tap reads it: the first
   * of the largest. A comparison with itself is how kernels ask for NaN.
   */
  @SuppressWarnings("IdentityBinaryExpression")
  static void largest(
      FloatArray x,
      FloatArray y,
      IntArray taps,
      IntArray window,
      int channels,
      int from,
      int to,
      int area,
      int batch) {
    for (@Parallel int item = 0; item < channels * to * batch; item++) {
      int row = item / batch;
      int j = item - row * batch;
      int channel = row / to;
      int p = row - channel * to;
      int best = -1;
      float max = 0;
      for (int a = 0; a < area; a++) {
        int q = window.get(p * area + a);
        if (q >= 0) {
          float value = x.get((channel * from + q) * batch + j);
          if (best < 0 || value > max || value != value) {
            max = value;
            best = a;
          }
        }
      }
      y.set(item, max);
      taps.set(item, best);
    }
  }

  /** The adjoint of {@link #largest}: the element that its tap read receives all. */
  static void unlargest(
      FloatArray dy,
      FloatArray dx,
      IntArray taps,
      IntArray readers,
      int channels,
      int from,
      int to,
      int area,
      int batch,
      int adds) {
    for (@Parallel int item = 0; item < channels * from * batch; item++) {
      int row = item / batch;
      int j = item - row * batch;
      int channel = row / from;
      int q = row - channel * from;
      float sum = 0;
      for (int a = 0; a < area; a++) {
        int p = readers.get(q * area + a);
        if (p >= 0) {
          int place = (channel * to + p) * batch + j;
          if (taps.get(place) == a) {
            sum += dy.get(place);
          }
        }
      }
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }
}
