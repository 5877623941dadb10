package io.lipc.training.run;

import io.lipc.training.table.DataException;
import io.lipc.training.table.RegressionData;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The units of targets: their means and their variance.
 *
 * @param means of each target
 * @param variance the mean of the targets' variances, positive
 */
record TargetUnits(List<Double> means, double variance) {

  TargetUnits {
    means = List.copyOf(means);
  }

  /**
   * The units of the targets of the samples that are trained on.
   *
   * @throws DataException if no target varies, or a variance is no finite double
   */
  static TargetUnits of(RegressionData training) throws DataException {
    int targets = training.targets().size();
    List<Double> means = IntStream.range(0, targets).mapToObj(training::mean).toList();
    double squares = IntStream.range(0, targets).mapToDouble(training::squaredDeviations).sum();
    if (squares == 0) {
      throw new DataException(
          "the targets of all %d samples are the same, so there is nothing to learn"
              .formatted(training.size()));
    }
    double variance = squares / ((double) targets * training.size());
    if (!(variance >= Double.MIN_NORMAL && variance < Double.POSITIVE_INFINITY)) {
      throw new DataException(
          "the variance of the targets is no double: bring them to another unit");
    }
    return new TargetUnits(means, variance);
  }

  double deviation() {
    return Math.sqrt(variance);
  }
}
