package io.lipc.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.linear.Windows;
import io.lipc.training.autodiff.Parallel;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products at each pixel, held against the sums that define a convolution, tap by tap. */
class BatchConvolutionTest {

  private static final int CAPACITY = 11;
  private static final int COUNT = 9;

  /** Samples that are worth another thread. */
  private static final int MANY = 700;

  private final SplittableRandom random = new SplittableRandom(2);

  static Stream<Convolution> maps() {
    Grid grid = new Grid(4, 6, 5);
    Axis same = new Axis(3, 1, 1, 1, 1);
    return Stream.of(
        map(grid, 5, Window.square(same), 1),
        map(grid, 6, Window.square(same), 2),
        map(grid, 4, Window.square(same), 4),
        map(grid, 9, new Window(Axis.of(2, 2), new Axis(3, 2, 0, 2, 1)), 1),
        map(grid, 2, new Window(new Axis(2, 1, 3, 0, 2), new Axis(1, 3, 1, 1, 1)), 1),
        map(new Grid(1, 1, 1), 1, Window.square(Axis.of(1, 1)), 1));
  }

  private static Convolution map(Grid grid, int channels, Window window, int groups) {
    return new Convolution(grid, channels, window, groups, "w", Optional.of("b"));
  }

  private static int size(Grid grid) {
    return grid.size().orElseThrow();
  }

  /** Receives each product of the kernel's element, an input and an output. */
  private interface Product {
    void of(int channel, int number, int place, int output);
  }

  private static void forEach(Convolution map, Product product) {
    Windows windows = Windows.of(map);
    for (int i = 0; i < size(map.output()); i++) {
      int output = i;
      windows.forEach(i, (place, k) -> product.of(windows.channel(output), k, place, output));
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void forwardAndAdjointsAreSumsOverTheTaps(Convolution map) {
    double[][] w = matrix(map.channels(), map.taps());
    double[][] b = matrix(map.channels(), 1);
    double[][] x = matrix(size(map.input()), CAPACITY);
    double[][] dx = matrix(size(map.input()), CAPACITY);
    double[][] dw = matrix(map.channels(), map.taps());
    double[][] y = matrix(size(map.output()), CAPACITY);
    double[][] dy = matrix(size(map.output()), CAPACITY);
    double[][] expectedY = copy(y);
    double[][] expectedDx = copy(dx);
    double[][] expectedDw = copy(dw);
    for (int j = 0; j < COUNT; j++) {
      int sample = j;
      for (int i = 0; i < y.length; i++) {
        expectedY[i][sample] = b[i / map.output().pixels()][0];
      }
      forEach(
          map,
          (channel, k, place, i) -> {
            expectedY[i][sample] += w[channel][k] * x[place][sample];
            expectedDx[place][sample] += w[channel][k] * dy[i][sample];
            expectedDw[channel][k] += x[place][sample] * dy[i][sample];
          });
    }
    BatchConvolution.forward(map, w, b, x, y).accept(COUNT);
    BatchTensor kernel = tensor(w, dw);
    BatchConvolution.reverse(map, kernel, x, Optional.of(dx), dy).accept(COUNT);
    assertClose(kernel.gradient(), expectedDw);
    kernel = tensor(w, dw);
    BatchConvolution.reverse(map, kernel, x, Optional.empty(), dy).accept(COUNT);
    assertClose(kernel.gradient(), expectedDw);

    assertClose(y, expectedY);
    assertClose(dx, expectedDx);
  }

  private static BatchTensor tensor(double[][] rows, double[][] gradient) {
    BatchTensor tensor = new BatchTensor(rows.length, rows[0].length);
    tensor.load(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(gradient[i], 0, tensor.gradient()[i], 0, gradient[i].length);
    }
    return tensor;
  }

  /** Whether threads share the work or not, and again after other batches. */
  @ParameterizedTest
  @MethodSource("maps")
  void theSameValuesGiveTheSameBits(Convolution map) {
    double[][] w = matrix(map.channels(), map.taps());
    double[][] x = matrix(size(map.input()), MANY);
    double[][] dy = matrix(size(map.output()), MANY);
    double[][] dx = new double[size(map.input())][MANY];
    double[][] y = matrix(size(map.output()), MANY);
    BatchTensor kernel = tensor(w, new double[w.length][w[0].length]);
    IntConsumer steps =
        BatchConvolution.forward(map, w, new double[0][], x, y)
            .andThen(BatchConvolution.reverse(map, kernel, x, Optional.of(dx), dy));
    steps.accept(MANY);
    double[][] firstY = copy(y);
    double[][] firstDx = copy(dx);
    double[][] firstDw = copy(kernel.gradient());
    for (int count : new int[] {3, MANY}) {
      clear(dx);
      kernel.clearGradient();
      try (Parallel.Mode _ = Parallel.shared(false)) {
        steps.accept(count);
      }
    }
    assertThat(y).isDeepEqualTo(firstY);
    assertThat(dx).isDeepEqualTo(firstDx);
    assertThat(kernel.gradient()).isDeepEqualTo(firstDw);
  }

  private static void assertClose(double[][] actual, double[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("row %d", i).containsExactly(expected[i], within(1e-12));
    }
  }

  private static void clear(double[][] rows) {
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  private double[][] matrix(int rows, int columns) {
    return Stream.generate(() -> random.doubles(columns, -1, 1).toArray())
        .limit(rows)
        .toArray(double[][]::new);
  }
}
