package io.lipc.certificate;

import io.lipc.formats.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code W x + b} for several x, in doubles. Each element is {@code ((b + w_0 x_0) + w_1 x_1) +
 * ...}, from left to right: the result is the same to the bit for any number of threads and of x.
 */
final class DenseLayer {

  /** Rows that are read together, so that the processor has as many sums to work on. */
  private static final int ROWS = 4;

  /** The number of elements that a thread takes at a time. */
  private static final int BLOCK = 16 * ROWS;

  /** Fewer elements are not worth a second thread. */
  private static final int SHARED_FROM = 1 << 16;

  private final Tensor weight;
  private final List<double[]> inputs;
  private final List<double[]> outputs;
  private final int columns;

  private DenseLayer(Tensor weight, List<double[]> inputs, List<double[]> outputs) {
    this.weight = weight;
    this.inputs = inputs;
    this.outputs = outputs;
    this.columns = weight.shape().get(1);
  }

  /** One output for each input. */
  static List<double[]> apply(Tensor weight, Optional<Tensor> bias, List<double[]> inputs) {
    int size = weight.shape().get(0);
    List<double[]> outputs =
        Stream.generate(() -> bias.map(Tensor::values).orElse(new double[size]))
            .limit(inputs.size())
            .toList();
    DenseLayer layer = new DenseLayer(weight, inputs, outputs);
    IntStream blocks = IntStream.range(0, Math.ceilDiv(size, BLOCK)).map(block -> block * BLOCK);
    (weight.size() > SHARED_FROM ? blocks.parallel() : blocks)
        .forEach(from -> layer.add(from, Math.min(BLOCK, size - from)));
    return outputs;
  }

  private void add(int from, int count) {
    double[] rows = new double[ROWS * columns];
    int row = from;
    for (; row + ROWS <= from + count; row += ROWS) {
      weight.copy(row * columns, rows);
      for (int k = 0; k < inputs.size(); k++) {
        addFour(rows, inputs.get(k), outputs.get(k), row);
      }
    }
    double[] last = new double[columns];
    for (; row < from + count; row++) {
      weight.copy(row * columns, last);
      for (int k = 0; k < inputs.size(); k++) {
        outputs.get(k)[row] = plusProduct(outputs.get(k)[row], last, inputs.get(k));
      }
    }
  }

  private static void addFour(double[] rows, double[] x, double[] y, int row) {
    double y0 = y[row];
    double y1 = y[row + 1];
    double y2 = y[row + 2];
    double y3 = y[row + 3];
    for (int j = 0; j < x.length; j++) {
      y0 += rows[j] * x[j];
      y1 += rows[x.length + j] * x[j];
      y2 += rows[2 * x.length + j] * x[j];
      y3 += rows[3 * x.length + j] * x[j];
    }
    y[row] = y0;
    y[row + 1] = y1;
    y[row + 2] = y2;
    y[row + 3] = y3;
  }

  private static double plusProduct(double sum, double[] row, double[] x) {
    double total = sum;
    for (int j = 0; j < x.length; j++) {
      total += row[j] * x[j];
    }
    return total;
  }
}
