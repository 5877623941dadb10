package io.lipc.training.run;

import io.lipc.training.batch.BatchEngine;
import io.lipc.training.table.RegressionData;

/**
 * Loss of a regression.
 *
 * @param error the loss of a batch
 */
record TargetLoss(MeanSquaredError error) implements Loss<RegressionData, RegressionEvaluation> {

  @Override
  public String essence() {
    return error.toString();
  }

  @Override
  public double gradient(
      BatchEngine network, RegressionData data, int[] samples, int from, int count) {
    double[][] targets = new double[data.targets().size()][count];
    data.copyTo(network.input(), targets, samples, from, count);
    network.forward(count);
    return error.gradient(network.output(), targets, count, network.outputGradient());
  }

  @Override
  public RegressionEvaluation evaluate(BatchEngine network, RegressionData data) {
    double[] absolute = new double[1];
    double loss =
        mean(
            network,
            data,
            (outputs, first, count) -> {
              for (int target = 0; target < outputs.length; target++) {
                for (int j = 0; j < count; j++) {
                  absolute[0] += Math.abs(outputs[target][j] - data.target(first + j, target));
                }
              }
            });
    double squared = loss * error.variance();
    double numbers = (double) data.targets().size() * data.size();
    return new RegressionEvaluation(
        loss, Math.sqrt(squared), absolute[0] / numbers, explained(data, squared * numbers));
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
