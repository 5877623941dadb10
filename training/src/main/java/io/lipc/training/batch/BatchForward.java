package io.lipc.training.batch;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.BatchNormKernel;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.linalg.MatrixProduct;
import io.lipc.model.activation.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** Forward kernels over the first samples of a batch. Rows of a value are elements. */
final class BatchForward {

  private BatchForward() {}

  /** The step that runs {@code kernel} on as many samples as it is told. */
  static IntConsumer step(
      Kernel kernel,
      List<double[][]> sources,
      double[][] y,
      Function<String, BatchTensor> tensors) {
    double[][] x = sources.getFirst();
    return switch (kernel) {
      case GemmKernel gemm -> {
        double[][] w = tensors.apply(gemm.weight()).rows();
        IntConsumer bias =
            gemm.bias()
                .map(name -> tensors.apply(name).rows())
                .map(b -> (IntConsumer) count -> fill(y, b, count))
                .orElse(count -> clear(y, count));
        yield bias.andThen(count -> MatrixProduct.accumulate(y, w, x, y.length, x.length, count));
      }
      case ElementwiseKernel e -> count -> activate(e.activation(), x, y, count);
      case MaxMinKernel m -> {
        ChannelGroups pairs = new ChannelGroups(2, m.pixels());
        double[][] from = rows(pairs, x);
        double[][] to = rows(pairs, y);
        yield count -> sortPairs(from, to, count);
      }
      case GroupedKernel g ->
          BatchGroups.forward(g.activation(), rows(g.groups(), x), rows(g.groups(), y));
      case ConvolutionKernel c -> {
        double[][] w = tensors.apply(c.map().weight()).rows();
        double[][] bias = c.map().bias().map(b -> tensors.apply(b).rows()).orElse(new double[0][]);
        yield BatchConvolution.forward(c.map(), w, bias, x, y);
      }
      case PoolKernel p -> BatchImages.pool(p, x, y);
      case BatchNormKernel norm ->
          throw new IllegalStateException("its statistics are not trained: " + norm);
      case CenterKernel _ -> count -> BatchGroups.center(x, y, count);
      case AddKernel _ -> count -> add(sources, y, count);
      case LinearKernel linear -> linear(linear, x, y);
      case CopyKernel c ->
          count -> {
            for (int i = 0; i < x.length; i++) {
              System.arraycopy(x[i], 0, y[c.offset() + i], 0, count);
            }
          };
      case CallKernel call ->
          throw new IllegalStateException("the call of " + call.network() + " was not inlined");
    };
  }

  /** The rows of a value, group by group. */
  static double[][] rows(ChannelGroups groups, double[][] x) {
    return groups.of(Arrays.asList(x)).toArray(double[][]::new);
  }

  /** The step of a linear kernel, by rows; a map that only copies, copies bits. */
  private static IntConsumer linear(LinearKernel linear, double[][] x, double[][] y) {
    IntFunction<LinearMap.Row> rows = linear.rows();
    IntToDoubleFunction shift = linear.shift();
    boolean copies = linear.map().copies();
    return count -> {
      for (int i = 0; i < y.length; i++) {
        LinearMap.Row row = rows.apply(i);
        double[] first = x[row.places()[0]];
        if (copies) {
          System.arraycopy(first, 0, y[i], 0, count);
          continue;
        }
        transform(first, y[i], row.factors()[0], shift.applyAsDouble(i), count);
        for (int k = 1; k < row.places().length; k++) {
          MatrixProduct.addScaled(y[i], x[row.places()[k]], row.factors()[k], count);
        }
      }
    };
  }

  private static void fill(double[][] y, double[][] bias, int count) {
    for (int i = 0; i < y.length; i++) {
      Arrays.fill(y[i], 0, count, bias[i][0]);
    }
  }

  private static void clear(double[][] y, int count) {
    for (double[] row : y) {
      Arrays.fill(row, 0, count, 0);
    }
  }

  private static void transform(double[] x, double[] y, double scale, double shift, int count) {
    for (int j = 0; j < count; j++) {
      y[j] = scale * x[j] + shift;
    }
  }

  private static void add(List<double[][]> terms, double[][] y, int count) {
    double[][] first = terms.getFirst();
    for (int i = 0; i < y.length; i++) {
      // The first term may be the target itself, and then stays where it is.
      System.arraycopy(first[i], 0, y[i], 0, count);
      for (int term = 1; term < terms.size(); term++) {
        MatrixProduct.addScaled(y[i], terms.get(term)[i], 1, count);
      }
    }
  }

  private static void sortPairs(double[][] x, double[][] y, int count) {
    for (int i = 0; i < y.length; i += 2) {
      double[] u = x[i];
      double[] v = x[i + 1];
      double[] max = y[i];
      double[] min = y[i + 1];
      for (int j = 0; j < count; j++) {
        max[j] = Math.max(u[j], v[j]);
        min[j] = Math.min(u[j], v[j]);
      }
    }
  }

  private static void activate(
      Activation.Pointwise activation, double[][] x, double[][] y, int count) {
    for (int i = 0; i < y.length; i++) {
      activate(activation, x[i], y[i], count);
    }
  }

  private static void activate(Activation.Pointwise activation, double[] x, double[] y, int count) {
    switch (activation.kind()) {
      case RELU -> {
        for (int j = 0; j < count; j++) {
          y[j] = Math.max(x[j], 0); // Keeps NaN, which a comparison would lose.
        }
      }
      case LEAKY_RELU -> {
        double slope = activation.parameters().getFirst();
        for (int j = 0; j < count; j++) {
          y[j] = x[j] >= 0 ? x[j] : slope * x[j];
        }
      }
      case TANH -> {
        for (int j = 0; j < count; j++) {
          y[j] = StrictMath.tanh(x[j]);
        }
      }
      case SIGMOID -> {
        for (int j = 0; j < count; j++) {
          y[j] = sigmoid(x[j]);
        }
      }
      case SILU -> {
        for (int j = 0; j < count; j++) {
          y[j] = x[j] * sigmoid(x[j]);
        }
      }
      case ABS -> {
        for (int j = 0; j < count; j++) {
          y[j] = Math.abs(x[j]);
        }
      }
      default -> {
        Elementwise function = function(activation);
        for (int j = 0; j < count; j++) {
          y[j] = function.value(x[j]);
        }
      }
    }
  }

  /** The functions that these give are the same on every machine, as those above are. */
  static Elementwise function(Activation.Pointwise activation) {
    return Elementwise.of(activation.kind().word(), activation.parameters());
  }

  static double sigmoid(double t) {
    return 1 / (1 + StrictMath.exp(-t));
  }
}
