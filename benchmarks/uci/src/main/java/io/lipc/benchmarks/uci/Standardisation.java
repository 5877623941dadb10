package io.lipc.benchmarks.uci;

import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Feature by feature, mean 0 and standard deviation 1 over the rows that it was fitted to; a
 * feature that is constant there is only shifted. The files of the sets were standardised over all
 * rows; an affine map of that form undoes any other one before it, so after it nothing of the other
 * rows is left.
 */
record Standardisation(double[] means, double[] deviations) {

  static Standardisation of(Dataset rows) {
    double[] means = new double[rows.featureCount()];
    double[] deviations = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      double[] column = column(rows, k);
      double mean = Arrays.stream(column).sum() / column.length;
      double squares = Arrays.stream(column).map(x -> (x - mean) * (x - mean)).sum();
      means[k] = mean;
      deviations[k] = squares > 0 ? Math.sqrt(squares / column.length) : 1;
    }
    return new Standardisation(means, deviations);
  }

  private static double[] column(Dataset rows, int feature) {
    return IntStream.range(0, rows.size()).mapToDouble(row -> rows.feature(row, feature)).toArray();
  }

  /**
   * The features that a network with at least as many inputs reads; the others are zero, which
   * changes no distance.
   *
   * @throws DataException if a number overflows
   */
  Dataset apply(Dataset rows, int inputs) throws DataException {
    double[][] features = new double[rows.size()][inputs];
    for (int row = 0; row < features.length; row++) {
      for (int k = 0; k < means.length; k++) {
        features[row][k] = (rows.feature(row, k) - means[k]) / deviations[k];
      }
    }
    return Dataset.of(
        rows.classes(), features, IntStream.range(0, rows.size()).map(rows::label).toArray());
  }
}
