package io.lipc.training.run;

import io.lipc.training.batch.BatchEngine;
import io.lipc.training.table.FeatureRows;
import java.util.stream.IntStream;

/**
 * Loss that training makes small, with the other measures of a network on the same samples.
 *
 * @param <D> the samples
 * @param <E> how a network does
 */
sealed interface Loss<D extends FeatureRows<D>, E extends Score> permits ClassLoss, TargetLoss {

  /** The numbers that the loss depends on, beside the options. */
  String essence();

  /**
   * Runs samples.
   *
   * @param network receives the derivatives of the mean loss with respect to its outputs
   * @param samples numbers of samples of {@code data}, of which {@code count} are run, from a place
   * @return the mean loss
   */
  double gradient(BatchEngine network, D data, int[] samples, int from, int count);

  /** Measures a network, with the tensors that it holds, on a whole data set. */
  E evaluate(BatchEngine network, D data);

  /**
   * Hears of the outputs of {@code count} samples in their order, from the number {@code first}.
   */
  @FunctionalInterface
  interface Batches {
    void ran(double[][] outputs, int first, int count);
  }

  /** The mean loss over a whole data set, which is run batch by batch. */
  default double mean(BatchEngine network, D data, Batches batches) {
    int[] samples = IntStream.range(0, data.size()).toArray();
    double sum = 0;
    for (int from = 0; from < samples.length; from += network.capacity()) {
      int count = Math.min(network.capacity(), samples.length - from);
      sum += count * gradient(network, data, samples, from, count);
      batches.ran(network.output(), from, count);
    }
    return sum / data.size();
  }
}
