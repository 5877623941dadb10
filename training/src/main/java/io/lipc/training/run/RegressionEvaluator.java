package io.lipc.training.run;

import io.lipc.training.batch.BatchEngine;
import io.lipc.training.table.RegressionData;
import java.util.stream.IntStream;

/** Runs a whole data set through a network, batch by batch. */
record RegressionEvaluator(BatchEngine network, MeanSquaredError error) {

  /** With the tensors that the network holds. */
  RegressionEvaluation evaluate(RegressionData data) {
    int[] samples = IntStream.range(0, data.size()).toArray();
    int targets = data.targets().size();
    double[][] wanted = new double[targets][network.capacity()];
    double lossSum = 0;
    double absolute = 0;
    for (int from = 0; from < samples.length; from += network.capacity()) {
      int count = Math.min(network.capacity(), samples.length - from);
      data.copyTo(network.input(), wanted, samples, from, count);
      network.forward(count);
      lossSum += count * error.gradient(network.output(), wanted, count, network.outputGradient());
      for (int target = 0; target < targets; target++) {
        for (int j = 0; j < count; j++) {
          absolute += Math.abs(network.output()[target][j] - wanted[target][j]);
        }
      }
    }
    double loss = lossSum / data.size();
    double squared = loss * error.variance();
    double numbers = (double) targets * data.size();
    return new RegressionEvaluation(
        loss, Math.sqrt(squared), absolute / numbers, explained(data, squared * numbers));
  }

  /** {@code 1 - squares / sum of squared deviations}. */
  private static double explained(RegressionData data, double squares) {
    double deviations = 0;
    for (int target = 0; target < data.targets().size(); target++) {
      deviations += data.squaredDeviations(target);
    }
    return deviations > 0 ? 1 - squares / deviations : Double.NaN;
  }
}
