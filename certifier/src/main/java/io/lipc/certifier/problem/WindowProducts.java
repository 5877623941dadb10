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

  private final Windows windows;
  private final double[][] kernel;
  private final int groups;
  private final int pixels;

  WindowProducts(Convolution map, Weights weights) {
    double[] values = weights.tensor(map.weight()).orElseThrow().values();
    int taps = map.taps();
    IntFunction<double[]> row = o -> Arrays.copyOfRange(values, o * taps, (o + 1) * taps);
    this.windows = Windows.of(map);
    this.kernel = IntStream.range(0, map.channels()).mapToObj(row).toArray(double[][]::new);
    this.groups = map.groups();
    this.pixels = map.output().pixels();
  }

  /** {@code M x}. */
  double[] times(double[] x, Deadline deadline) {
    double[] y = new double[kernel.length * pixels];
    int each = kernel.length / groups;
    for (int group = 0; group < groups; group++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        deadline.check();
        double[] seen = new double[kernel[0].length];
        int first = group * each * pixels + pixel;
        windows.forEach(first, (place, number) -> seen[number] = x[place]);
        for (int o = 0; o < each; o++) {
          y[first + o * pixels] = Dense.dot(kernel[group * each + o], seen);
        }
      }
    }
    return y;
  }

  /** {@code x += M' y}. */
  void addTransposed(double[] y, double[] x, Deadline deadline) {
    int each = kernel.length / groups;
    for (int group = 0; group < groups; group++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        deadline.check();
        double[] seen = new double[kernel[0].length];
        int first = group * each * pixels + pixel;
        for (int o = 0; o < each; o++) {
          Dense.addScaled(seen, kernel[group * each + o], y[first + o * pixels]);
        }
        windows.forEach(first, (place, number) -> x[place] += seen[number]);
      }
    }
  }
}
