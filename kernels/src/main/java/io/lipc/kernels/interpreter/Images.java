package io.lipc.kernels.interpreter;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Windows;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.graph.PoolKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Windows over images, pixel by pixel. */
final class Images {

  private Images() {}

  /** Adds a product to a sum. */
  @FunctionalInterface
  interface Adding {
    double add(double sum, double w, double x);
  }

  /** The tensors of a map, by name, as it reads them. */
  static Weights weights(LinearMap map, Map<String, double[]> tensors, ElementType precision) {
    ElementType type = precision;
    List<Tensor> read = new ArrayList<>();
    for (LinearMap.TensorShape shape : map.tensors()) {
      try {
        double[] values = Lookup.in(tensors, shape.name());
        read.add(Tensor.of(shape.name(), type, shape.shape(), values));
      } catch (FormatException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return Weights.of(read);
  }

  /** Convolves, in the order of {@link io.lipc.kernels.graph.ConvolutionKernel}. */
  static void convolve(
      Convolution map, Map<String, double[]> tensors, Adding adding, double[] x, double[] y) {
    double[] kernel = Lookup.in(tensors, map.weight());
    Grid output = map.output();
    for (int o = 0; o < output.channels(); o++) {
      double bias = map.bias().isPresent() ? Lookup.in(tensors, map.bias().get())[o] : 0;
      for (int pixel = 0; pixel < output.pixels(); pixel++) {
        int p = pixel / output.width();
        int q = pixel % output.width();
        y[o * output.pixels() + pixel] = pixel(map, kernel, adding, x, new At(o, p, q), bias);
      }
    }
  }

  /** A channel, a row and a column. */
  private record At(int channel, int row, int column) {}

  private static double pixel(
      Convolution map, double[] kernel, Adding adding, double[] x, At at, double bias) {
    Axis down = map.window().vertical();
    Axis right = map.window().horizontal();
    int first = map.firstRead(at.channel);
    double sum = bias;
    for (int u = 0; u < down.kernel(); u++) {
      for (int v = 0; v < right.kernel(); v++) {
        for (int i = 0; i < map.read(); i++) {
          int row = down.place(at.row, u);
          int column = right.place(at.column, v);
          int k = ((at.channel * map.read() + i) * down.kernel() + u) * right.kernel() + v;
          sum = adding.add(sum, kernel[k], element(map.input(), x, first + i, row, column));
        }
      }
    }
    return sum;
  }

  private static double element(Grid grid, double[] x, int channel, int row, int column) {
    boolean inside = row >= 0 && row < grid.height() && column >= 0 && column < grid.width();
    return inside ? x[(channel * grid.height() + row) * grid.width() + column] : 0;
  }

  /** Pools, in the order of {@link PoolKernel}. */
  static void pool(PoolKernel pool, Adding adding, double[] x, double[] y) {
    Windows windows = Windows.ofPool(pool.input(), pool.window());
    for (int i = 0; i < y.length; i++) {
      double value = pool.factor().isPresent() ? 0 : x[windows.places(i)[0]];
      for (int place : windows.places(i)) {
        value =
            pool.factor().isPresent()
                ? adding.add(value, pool.factor().getAsDouble(), x[place])
                : Math.max(value, x[place]);
      }
      y[i] = value;
    }
  }

  /** {@code dx += J' dy} of a pool: of a maximum the first of equal elements receives it. */
  static void transposedPool(PoolKernel pool, double[] x, double[] dx, double[] dy) {
    Windows windows = Windows.ofPool(pool.input(), pool.window());
    for (int i = 0; i < dy.length; i++) {
      int[] places = windows.places(i);
      if (pool.factor().isPresent()) {
        double share = pool.factor().getAsDouble() * dy[i];
        Arrays.stream(places).forEach(place -> dx[place] += share);
      } else {
        dx[Arrays.stream(places).reduce((a, b) -> x[b] > x[a] ? b : a).orElseThrow()] += dy[i];
      }
    }
  }

  /** {@code dK += } the sums over pixels of {@code dy} and what the window read there. */
  static void addKernelGradient(Convolution map, double[] x, double[] dy, double[] dk) {
    Windows windows = Windows.of(map);
    for (int i = 0; i < dy.length; i++) {
      double at = dy[i];
      int from = windows.channel(i) * map.taps();
      windows.forEach(i, (place, number) -> dk[from + number] += at * x[place]);
    }
  }
}
