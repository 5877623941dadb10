package io.lipc.training.batch;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Windows;
import io.lipc.linalg.MatrixProduct;
import io.lipc.training.autodiff.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The channels of a convolution that read the same ones, over the first samples of a batch: at each
 * pixel of the output it is the product of the kernel with the rows that the window reads, over
 * samples. An element of a window outside the image is a row of zeros.
 *
 * <p>Threads share the pixels forward, and the channels of the input in reverse: no sum depends on
 * how many there are.
 */
final class BatchConvolution {

  private final Convolution map;
  private final Windows windows;

  /** The first of the channels, and how many there are. */
  private final int first;

  private final int channels;

  private final int pixels;
  private final int taps;

  private BatchConvolution(Convolution map, int first) {
    this.map = map;
    this.windows = Windows.of(map);
    this.first = first;
    this.channels = map.channels() / map.groups();
    this.pixels = map.output().pixels();
    this.taps = map.taps();
  }

  private static Stream<BatchConvolution> groups(Convolution map) {
    int channels = map.channels() / map.groups();
    return IntStream.range(0, map.groups())
        .mapToObj(group -> new BatchConvolution(map, group * channels));
  }

  /**
   * The step that computes {@code y = K * x + b}.
   *
   * @param bias a row for each channel, or none
   */
  static IntConsumer forward(
      Convolution map, double[][] kernel, double[][] bias, double[][] x, double[][] y) {
    return groups(map)
        .map(group -> group.forward(kernel, bias, x, y))
        .reduce(_ -> {}, IntConsumer::andThen);
  }

  /**
   * The step that adds the adjoints {@code dK += dy x'}, summed over pixels and samples, and {@code
   * dx += K' dy}, where that is asked for.
   */
  static IntConsumer reverse(
      Convolution map, BatchTensor kernel, double[][] x, Optional<double[][]> dx, double[][] dy) {
    return groups(map)
        .map(group -> group.reverse(kernel, x, dx, dy))
        .reduce(_ -> {}, IntConsumer::andThen);
  }

  /** The rows of an image that the window of a pixel reads, by their number within the window. */
  private double[][] window(double[][] x, int pixel, double[] outside) {
    double[][] window = new double[taps][];
    Arrays.fill(window, outside);
    windows.forEach(first * pixels + pixel, (place, number) -> window[number] = x[place]);
    return window;
  }

  private List<double[][]> windows(double[][] x) {
    double[] outside = new double[x[0].length];
    return IntStream.range(0, pixels).mapToObj(pixel -> window(x, pixel, outside)).toList();
  }

  /** The rows of the output at a pixel, by channel. */
  private double[][] outputs(double[][] y, int pixel) {
    double[][] outputs = new double[channels][];
    Arrays.setAll(outputs, channel -> y[(first + channel) * pixels + pixel]);
    return outputs;
  }

  private List<double[][]> outputs(double[][] y) {
    return IntStream.range(0, pixels).mapToObj(pixel -> outputs(y, pixel)).toList();
  }

  private double[][] rows(double[][] tensor) {
    return Arrays.copyOfRange(tensor, first, first + channels);
  }

  /** Equal parts of what threads share, as far as there are so many. */
  private static List<int[]> parts(int size) {
    int count = Math.min(size, 2 * (1 + ForkJoinPool.getCommonPoolParallelism()));
    List<int[]> parts = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      parts.add(new int[] {part * size / count, (part + 1) * size / count});
    }
    return parts;
  }

  private long multiplications(long rows, int count) {
    return rows * pixels * channels * count;
  }

  private IntConsumer forward(double[][] kernel, double[][] bias, double[][] x, double[][] y) {
    double[][] k = rows(kernel);
    double[][] b = bias.length == 0 ? new double[channels][1] : rows(bias);
    List<double[][]> from = windows(x);
    List<double[][]> to = outputs(y);
    List<int[]> parts = parts(pixels);
    return count ->
        Parallel.forEach(
            parts,
            multiplications(taps, count) / parts.size(),
            part -> {
              for (int pixel = part[0]; pixel < part[1]; pixel++) {
                double[][] sums = to.get(pixel);
                for (int channel = 0; channel < channels; channel++) {
                  Arrays.fill(sums[channel], 0, count, b[channel][0]);
                }
                MatrixProduct.accumulate(sums, k, from.get(pixel), channels, taps, count);
              }
            });
  }

  /**
   * Some channels of the input, in reverse.
   *
   * @param kernel their rows of K'
   * @param gradient their rows of dK'
   * @param windows of the input, at each pixel
   * @param gradients of the input's gradient, or none
   * @param samples for outputs, one row for each sample
   */
  private record Part(
      double[][] kernel,
      double[][] gradient,
      List<double[][]> windows,
      List<double[][]> gradients,
      double[][] samples) {

    int taps() {
      return kernel.length;
    }

    void add(int pixel, double[][] outputs, int count) {
      int channels = outputs.length;
      MatrixProduct.transpose(samples, outputs, channels, count);
      MatrixProduct.accumulate(gradient, windows.get(pixel), samples, taps(), count, channels);
      if (!gradients.isEmpty()) {
        double[][] to = gradients.get(pixel);
        MatrixProduct.accumulate(to, kernel, outputs, taps(), channels, count);
      }
    }
  }

  private IntConsumer reverse(
      BatchTensor kernel, double[][] x, Optional<double[][]> dx, double[][] dy) {
    double[][] k = rows(kernel.rows());
    double[][] dk = rows(kernel.gradient());
    double[][] turned = new double[taps][channels];
    double[][] sums = new double[taps][channels];
    List<double[][]> values = windows(x);
    List<double[][]> gradients = dx.map(this::windows).orElse(List.of());
    List<double[][]> outputs = outputs(dy);
    int area = map.window().area();
    List<Part> parts =
        parts(taps / area).stream()
            .map(
                part ->
                    new Part(
                        cut(turned, part, area),
                        cut(sums, part, area),
                        values.stream().map(rows -> cut(rows, part, area)).toList(),
                        gradients.stream().map(rows -> cut(rows, part, area)).toList(),
                        new double[dy[0].length][channels]))
            .toList();
    return count -> {
      MatrixProduct.transpose(turned, k, channels, taps);
      for (double[] row : sums) {
        Arrays.fill(row, 0);
      }
      Parallel.forEach(
          parts,
          multiplications(taps, count) / parts.size(),
          part -> {
            for (int pixel = 0; pixel < pixels; pixel++) {
              part.add(pixel, outputs.get(pixel), count);
            }
          });
      addTransposed(sums, dk);
    };
  }

  private static double[][] cut(double[][] rows, int[] part, int area) {
    return Arrays.copyOfRange(rows, area * part[0], area * part[1]);
  }

  private static void addTransposed(double[][] from, double[][] to) {
    for (int i = 0; i < to.length; i++) {
      for (int j = 0; j < from.length; j++) {
        to[i][j] += from[j][i];
      }
    }
  }
}
