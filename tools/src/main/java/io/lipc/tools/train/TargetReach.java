package io.lipc.tools.train;

import io.lipc.model.Decimals;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.RegressionData;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Whether a bounded network can follow targets: its outputs differ no more than inputs times L. */
final class TargetReach {

  private TargetReach() {}

  /**
   * The warning about targets that are farther apart than any two predictions. Rows that are all
   * the same are another matter.
   *
   * @param bound of the network
   */
  static Optional<String> warning(RegressionData data, double bound) {
    double reach = bound * diagonal(data);
    for (int target = 0; target < data.targets().size(); target++) {
      int column = target;
      double width = width(data.size(), sample -> data.target(sample, column));
      if (reach > 0 && width > reach) {
        return Optional.of(text(data, target, width, reach, bound));
      }
    }
    return Optional.empty();
  }

  private static String text(
      RegressionData data, int target, double width, double reach, double bound) {
    return ("the values of %s differ by up to %s, but the predictions of a network of bound %s by at"
            + " most %s, because no two rows are farther apart than %s (l2). Declare a larger bound,"
            + " such as %s, or bring the target or the features to another unit")
        .formatted(
            data.targets().get(target),
            Decimals.down(width),
            Decimals.up(bound),
            Decimals.up(reach),
            Decimals.up(diagonal(data)),
            rounded(bound * width / reach));
  }

  /** A bound with room for slopes above the mean one: twice the least, rounded up to one digit. */
  private static String rounded(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(2 * least)));
    return Decimals.up(Math.ceil(2 * least / power) * power);
  }

  /** The diagonal of the least box around all rows. */
  private static double diagonal(FeatureRows<?> data) {
    return Math.sqrt(
        IntStream.range(0, data.featureCount())
            .mapToDouble(column -> width(data.size(), sample -> data.feature(sample, column)))
            .map(width -> width * width)
            .sum());
  }

  private static double width(int size, IntToDoubleFunction values) {
    double largest = IntStream.range(0, size).mapToDouble(values).max().orElseThrow();
    return largest - IntStream.range(0, size).mapToDouble(values).min().orElseThrow();
  }
}
