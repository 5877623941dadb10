package io.lipc.training.batch;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Windows;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.linalg.MatrixProduct;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Windows over images, and their adjoints, over the first samples of a batch. */
final class BatchImages {

  private BatchImages() {}

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

  /**
   * The adjoint of a pool: each element receives its share of a mean, and the first of the largest
   * ones receives all of a maximum.
   */
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
