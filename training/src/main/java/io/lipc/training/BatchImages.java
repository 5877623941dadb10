package io.lipc.training;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Windows;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.linalg.MatrixProduct;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Windows over images, and their adjoints, over the first samples of a batch. */
final class BatchImages {

  private BatchImages() {}

  /** {@code y = K * x + b}, the tensors as rows of one output channel each. */
  static IntConsumer convolve(
      Convolution map, double[][] x, double[][] y, Function<String, BatchTensor> tensors) {
    Windows windows = Windows.of(map);
    double[][] kernel = tensors.apply(map.weight()).rows();
    double[][] bias = map.bias().map(b -> tensors.apply(b).rows()).orElse(new double[0][]);
    return count -> {
      for (int i = 0; i < y.length; i++) {
        int channel = windows.channel(i);
        double[] sum = y[i];
        double[] factors = kernel[channel];
        Arrays.fill(sum, 0, count, bias.length > 0 ? bias[channel][0] : 0);
        windows.forEach(
            i, (place, number) -> MatrixProduct.addScaled(sum, x[place], factors[number], count));
      }
    };
  }

  /** {@code dx += K' dy}, {@code dK += } the products summed over pixels and samples. */
  static IntConsumer unconvolve(
      Convolution map, BatchTensor kernel, double[][] x, double[][] dx, double[][] dy) {
    Windows windows = Windows.of(map);
    return count -> {
      for (int i = 0; i < dy.length; i++) {
        double[] factors = kernel.rows()[windows.channel(i)];
        double[] gradient = kernel.gradient()[windows.channel(i)];
        double[] own = dy[i];
        windows.forEach(
            i,
            (place, number) -> {
              MatrixProduct.addScaled(dx[place], own, factors[number], count);
              gradient[number] += dot(own, x[place], count);
            });
      }
    };
  }

  private static double dot(double[] a, double[] b, int count) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** {@code db += dy}, summed over pixels and samples. */
  static IntConsumer sums(Convolution map, double[][] db, double[][] dy) {
    Windows windows = Windows.of(map);
    return count -> {
      for (int i = 0; i < dy.length; i++) {
        double sum = 0;
        for (int j = 0; j < count; j++) {
          sum += dy[i][j];
        }
        db[windows.channel(i)][0] += sum;
      }
    };
  }

  /** The mean of each window, or its maximum. */
  static IntConsumer pool(PoolKernel pool, double[][] x, double[][] y) {
    Windows windows = Windows.ofPool(pool.input(), pool.window());
    return count -> {
      for (int i = 0; i < y.length; i++) {
        int[] places = windows.places(i);
        if (pool.factor().isPresent()) {
          Arrays.fill(y[i], 0, count, 0);
          for (int place : places) {
            MatrixProduct.addScaled(y[i], x[place], pool.factor().getAsDouble(), count);
          }
        } else {
          largest(x, places, y[i], count);
        }
      }
    };
  }

  private static void largest(double[][] x, int[] places, double[] y, int count) {
    System.arraycopy(x[places[0]], 0, y, 0, count);
    for (int place : places) {
      for (int j = 0; j < count; j++) {
        y[j] = Math.max(y[j], x[place][j]);
      }
    }
  }

  /** Of a mean each element receives its share, of a maximum the first of the largest all. */
  static IntConsumer unpool(PoolKernel pool, double[][] x, double[][] dx, double[][] dy) {
    Windows windows = Windows.ofPool(pool.input(), pool.window());
    return count -> {
      for (int i = 0; i < dy.length; i++) {
        int[] places = windows.places(i);
        if (pool.factor().isPresent()) {
          for (int place : places) {
            MatrixProduct.addScaled(dx[place], dy[i], pool.factor().getAsDouble(), count);
          }
        } else {
          for (int j = 0; j < count; j++) {
            dx[firstOfLargest(x, places, j)][j] += dy[i][j];
          }
        }
      }
    };
  }

  private static int firstOfLargest(double[][] x, int[] places, int sample) {
    int best = places[0];
    for (int place : places) {
      best = x[place][sample] > x[best][sample] ? place : best;
    }
    return best;
  }
}
