package io.lipc.training.frozen;

import io.lipc.training.table.RegressionData;

/**
 * The errors of the predictions of one target, in its unit.
 *
 * @param target its name
 * @param rmse the root of the mean squared error
 * @param meanError the mean of the absolute errors
 * @param largestError the largest of them
 * @param r2 the share of the target's variance that is explained, at most 1; NaN where it does not
 *     vary on these samples
 */
public record TargetError(
    String target, double rmse, double meanError, double largestError, double r2) {

  /**
   * The errors of given predictions.
   *
   * @param outputs {@code [sample][target]}
   */
  static TargetError of(RegressionData data, int target, double[][] outputs) {
    double squares = 0;
    double absolute = 0;
    double largest = 0;
    for (int sample = 0; sample < data.size(); sample++) {
      double error = Math.abs(outputs[sample][target] - data.target(sample, target));
      squares += error * error;
      absolute += error;
      largest = Math.max(largest, error);
    }
    double deviations = data.squaredDeviations(target);
    return new TargetError(
        data.targets().get(target),
        Math.sqrt(squares / data.size()),
        absolute / data.size(),
        largest,
        deviations > 0 ? 1 - squares / deviations : Double.NaN);
  }
}
