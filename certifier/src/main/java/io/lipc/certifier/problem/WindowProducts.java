package io.lipc.certifier.problem;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Windows;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Products with the matrix of a convolution, in doubles: all channels of a group read the same
 * elements at a pixel, so these are gathered once, and the rest is a dense matrix.
 */
final class WindowProducts {

  /** The most elements of windows that are kept: others are looked up for each product. */
  private static final int MOST_KEPT = 1 << 16;

  private final Windows windows;
  private final double[][] kernel;
  private final int groups;
  private final int pixels;

  /** The window of each pixel; none of them where that would take much memory. */
  private final Seen[] kept;

  WindowProducts(Convolution map, Weights weights) {
    double[] values = weights.tensor(map.weight()).orElseThrow().values();
    int taps = map.taps();
    IntFunction<double[]> row = o -> Arrays.copyOfRange(values, o * taps, (o + 1) * taps);
    this.windows = Windows.of(map);
    this.kernel = IntStream.range(0, map.channels()).mapToObj(row).toArray(double[][]::new);
    this.groups = map.groups();
    this.pixels = map.output().pixels();
    boolean keeps = (long) pixels * taps <= MOST_KEPT;
    this.kept = IntStream.range(0, keeps ? pixels : 0).mapToObj(this::made).toArray(Seen[]::new);
  }

  /**
   * The elements that the channels of a group read at a pixel.
   *
   * @param places where they stand in the part of the vector that the group reads
   * @param numbers which weights they meet
   */
  private record Seen(int[] places, int[] numbers) {}

  private Seen seen(int pixel) {
    return pixel < kept.length ? kept[pixel] : made(pixel);
  }

  private Seen made(int pixel) {
    int[] places = new int[kernel[0].length];
    int[] numbers = new int[kernel[0].length];
    int[] count = new int[1];
    windows.forEach(
        pixel,
        (place, number) -> {
          places[count[0]] = place;
          numbers[count[0]++] = number;
        });
    return new Seen(Arrays.copyOf(places, count[0]), Arrays.copyOf(numbers, count[0]));
  }

  /** {@code M x}. */
  double[] times(double[] x, Deadline deadline) {
    double[] y = new double[kernel.length * pixels];
    int each = kernel.length / groups;
    for (int group = 0; group < groups; group++) {
      int start = group * (x.length / groups);
      for (int pixel = 0; pixel < pixels; pixel++) {
        deadline.check();
        Seen seen = seen(pixel);
        double[] gathered = new double[kernel[0].length];
        for (int k = 0; k < seen.places.length; k++) {
          gathered[seen.numbers[k]] = x[start + seen.places[k]];
        }
        int first = group * each * pixels + pixel;
        for (int o = 0; o < each; o++) {
          y[first + o * pixels] = Dense.dot(kernel[group * each + o], gathered);
        }
      }
    }
    return y;
  }

  /** {@code x += M' y}. */
  void addTransposed(double[] y, double[] x, Deadline deadline) {
    int each = kernel.length / groups;
    for (int group = 0; group < groups; group++) {
      int start = group * (x.length / groups);
      for (int pixel = 0; pixel < pixels; pixel++) {
        deadline.check();
        Seen seen = seen(pixel);
        double[] gathered = new double[kernel[0].length];
        int first = group * each * pixels + pixel;
        for (int o = 0; o < each; o++) {
          Dense.addScaled(gathered, kernel[group * each + o], y[first + o * pixels]);
        }
        for (int k = 0; k < seen.places.length; k++) {
          x[start + seen.places[k]] += gathered[seen.numbers[k]];
        }
      }
    }
  }
}
