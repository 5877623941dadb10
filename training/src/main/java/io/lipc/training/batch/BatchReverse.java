package io.lipc.training.batch;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.kernels.graph.BatchNormKernel;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.kernels.graph.UnaryKernel;
import io.lipc.linalg.MatrixProduct;
import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Adjoint kernels over the first samples of a batch. Rows of a gradient are elements. */
final class BatchReverse {

  private BatchReverse() {}

  /** {@code dx += W' dy}. */
  static IntConsumer product(double[][] w, double[][] dx, double[][] dy) {
    return count -> MatrixProduct.accumulateTransposed(dx, w, dy, dx.length, dy.length, count);
  }

  /**
   * {@code dW += dy x'}: the sum runs over samples, so the values are turned first, and the inner
   * loop runs over the columns of W.
   */
  static IntConsumer outerProduct(double[][] x, double[][] dw, double[][] dy, int capacity) {
    double[][] samples = new double[capacity][x.length];
    return count -> {
      MatrixProduct.transpose(samples, x, x.length, count);
      MatrixProduct.accumulate(dw, dy, samples, dy.length, count, x.length);
    };
  }

  /** {@code db += dy}, summed over samples. */
  static IntConsumer sums(double[][] db, double[][] dy) {
    return count -> {
      for (int i = 0; i < dy.length; i++) {
        double[] row = dy[i];
        double sum = 0;
        for (int j = 0; j < count; j++) {
          sum += row[j];
        }
        db[i][0] += sum;
      }
    };
  }

  /** {@code ds += dy} for each of the sources. */
  static IntConsumer add(List<double[][]> sources, double[][] dy) {
    return count -> {
      for (double[][] ds : sources) {
        for (int i = 0; i < dy.length; i++) {
          MatrixProduct.addScaled(ds[i], dy[i], 1, count);
        }
      }
    };
  }

  /** The step that runs an adjoint that touches no tensor. */
  static IntConsumer step(UnaryKernel kernel, double[][] x, double[][] dx, double[][] dy) {
    return switch (kernel) {
      case GemmKernel _, ConvolutionKernel _, BatchNormKernel _, CallKernel _ ->
          throw new IllegalStateException("it has tensors, or is a call: " + kernel);
      case ElementwiseKernel e ->
          count -> {
            for (int i = 0; i < dx.length; i++) {
              addDerivative(e.activation(), x[i], dx[i], dy[i], count);
            }
          };
      case MaxMinKernel m -> {
        ChannelGroups pairs = new ChannelGroups(2, m.pixels());
        double[][] at = BatchForward.rows(pairs, x);
        double[][] to = BatchForward.rows(pairs, dx);
        double[][] from = BatchForward.rows(pairs, dy);
        yield count -> sortPairs(at, to, from, count);
      }
      case GroupedKernel g ->
          BatchGroups.reverse(
              g.activation(),
              BatchForward.rows(g.groups(), x),
              BatchForward.rows(g.groups(), dx),
              BatchForward.rows(g.groups(), dy));
      case PoolKernel p -> BatchImages.unpool(p, x, dx, dy);
      case CenterKernel _ -> count -> BatchGroups.addCentered(dy, dx, count);
      case LinearKernel linear -> linear(linear.rows(), dx, dy);
      case CopyKernel c ->
          count -> {
            for (int i = 0; i < dx.length; i++) {
              MatrixProduct.addScaled(dx[i], dy[c.offset() + i], 1, count);
            }
          };
    };
  }

  private static IntConsumer linear(IntFunction<LinearMap.Row> rows, double[][] dx, double[][] dy) {
    return count -> {
      for (int i = 0; i < dy.length; i++) {
        LinearMap.Row row = rows.apply(i);
        for (int k = 0; k < row.places().length; k++) {
          MatrixProduct.addScaled(dx[row.places()[k]], dy[i], row.factors()[k], count);
        }
      }
    };
  }

  private static void sortPairs(double[][] x, double[][] dx, double[][] dy, int count) {
    for (int i = 0; i < dx.length; i += 2) {
      double[] u = x[i];
      double[] v = x[i + 1];
      for (int j = 0; j < count; j++) {
        boolean isSorted = u[j] >= v[j];
        dx[i][j] += isSorted ? dy[i][j] : dy[i + 1][j];
        dx[i + 1][j] += isSorted ? dy[i + 1][j] : dy[i][j];
      }
    }
  }

  private static void addDerivative(
      Activation.Pointwise activation, double[] x, double[] dx, double[] dy, int count) {
    switch (activation.kind()) {
      case RELU -> addBySign(x, dx, dy, Math.nextUp(0.0), 0, count);
      case LEAKY_RELU -> addBySign(x, dx, dy, 0, activation.parameters().getFirst(), count);
      case ABS -> addBySign(x, dx, dy, 0, -1, count);
      case TANH -> {
        for (int j = 0; j < count; j++) {
          double y = StrictMath.tanh(x[j]);
          dx[j] += (1 - y) * (1 + y) * dy[j];
        }
      }
      case SIGMOID -> {
        for (int j = 0; j < count; j++) {
          dx[j] += BatchForward.sigmoid(x[j]) * BatchForward.sigmoid(-x[j]) * dy[j];
        }
      }
      case SILU -> {
        for (int j = 0; j < count; j++) {
          double s = BatchForward.sigmoid(x[j]);
          dx[j] += s * (1 + x[j] * BatchForward.sigmoid(-x[j])) * dy[j];
        }
      }
      default -> {
        Elementwise function = BatchForward.function(activation);
        for (int j = 0; j < count; j++) {
          dx[j] += function.slope(x[j]) * dy[j];
        }
      }
    }
  }

  /** The slope is 1 from {@code kink} on, and {@code below} before it. */
  private static void addBySign(
      double[] x, double[] dx, double[] dy, double kink, double below, int count) {
    for (int j = 0; j < count; j++) {
      dx[j] += (x[j] >= kink ? 1 : below) * dy[j];
    }
  }
}
