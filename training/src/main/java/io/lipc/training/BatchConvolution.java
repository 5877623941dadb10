package io.lipc.training;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Windows;
import io.lipc.linalg.MatrixProduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A convolution over the first samples of a batch, and its adjoints: at each pixel of the output it
 * is the product of the kernel with the rows that the window reads, over samples. What of a window
 * lies outside the image is a row of zeros.
 */
final class BatchConvolution {

  private final Convolution map;
  private final Windows windows;
  private final int taps;

  BatchConvolution(Convolution map) {
    this.map = map;
    this.windows = Windows.of(map);
    this.taps = map.taps();
  }

  /**
   * A pixel of the output, for the channels that read the same ones.
   *
   * @param first the first of these channels
   * @param window rows of the input, by the number of an element within the window
   * @param outputs rows of the output, by channel
   */
  private record Site(int first, double[][] window, double[][] outputs) {}

  /** All sites of an input and an output, or of their gradients: what comes outside is not read. */
  private List<Site> sites(double[][] x, double[][] y) {
    int pixels = map.output().pixels();
    int channels = map.channels() / map.groups();
    double[] outside = new double[y[0].length];
    List<Site> sites = new ArrayList<>();
    for (int first = 0; first < map.channels(); first += channels) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        double[][] window = new double[taps][];
        Arrays.fill(window, outside);
        int at = first * pixels + pixel;
        windows.forEach(at, (place, number) -> window[number] = x[place]);
        double[][] outputs = new double[channels][];
        Arrays.setAll(outputs, channel -> y[at + channel * pixels]);
        sites.add(new Site(first, window, outputs));
      }
    }
    return sites;
  }

  /** The rows of the kernel that a site has, or of its gradient. */
  private static double[][] rows(double[][] kernel, Site site) {
    int channels = site.outputs.length;
    return channels == kernel.length
        ? kernel
        : Arrays.copyOfRange(kernel, site.first, site.first + channels);
  }

  /**
   * {@code y = K * x + b}.
   *
   * @param bias a row for each channel, or none
   */
  IntConsumer forward(double[][] kernel, double[][] bias, double[][] x, double[][] y) {
    List<Site> sites = sites(x, y);
    return count -> {
      for (Site site : sites) {
        double[][] outputs = site.outputs;
        for (int channel = 0; channel < outputs.length; channel++) {
          double start = bias.length == 0 ? 0 : bias[site.first + channel][0];
          Arrays.fill(outputs[channel], 0, count, start);
        }
        double[][] k = rows(kernel, site);
        MatrixProduct.accumulate(outputs, k, site.window, outputs.length, taps, count);
      }
    };
  }

  /** {@code dx += K' dy}. */
  IntConsumer input(double[][] kernel, double[][] dx, double[][] dy) {
    List<Site> sites = sites(dx, dy);
    return count -> {
      for (Site site : sites) {
        double[][] k = rows(kernel, site);
        int channels = site.outputs.length;
        MatrixProduct.accumulateTransposed(site.window, k, site.outputs, taps, channels, count);
      }
    };
  }

  /** {@code dK += dy x'}, summed over pixels and samples. */
  IntConsumer kernel(double[][] dk, double[][] x, double[][] dy) {
    List<Site> sites = sites(x, dy);
    double[][] samples = new double[dy[0].length][taps];
    return count -> {
      for (Site site : sites) {
        MatrixProduct.transpose(samples, site.window, taps, count);
        int channels = site.outputs.length;
        MatrixProduct.accumulate(rows(dk, site), site.outputs, samples, channels, count, taps);
      }
    };
  }
}
