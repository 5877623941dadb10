package io.lipc.training.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Samples with features and numbers to be predicted. Both are what the network reads and gives, in
 * the units in which its bound is declared. Immutable.
 */
public final class RegressionData extends FeatureRows<RegressionData> {

  private final List<String> targets;
  private final double[][] values;

  private RegressionData(List<String> targets, double[][] features, double[][] values) {
    super(features);
    this.targets = List.copyOf(targets);
    this.values = values;
  }

  /**
   * Samples whose arrays are copied.
   *
   * @param targets what is to be predicted, at least one name, all different, in the order of the
   *     network's outputs
   * @param features finite numbers, {@code [sample][feature]}, at least one of each
   * @param values finite numbers, {@code [sample][target]}
   * @throws DataException if something of this does not hold; rows count from 1
   */
  public static RegressionData of(List<String> targets, double[][] features, double[][] values)
      throws DataException {
    double[][] rows = copied(features);
    if (values.length != features.length) {
      throw new DataException(features.length + " samples with " + values.length + " targets");
    }
    if (targets.isEmpty() || new HashSet<>(targets).size() != targets.size()) {
      throw new DataException("a regression needs one or more different targets, not " + targets);
    }
    return new RegressionData(targets, rows, copied("target", values, targets.size()));
  }

  /** The names of the targets, in the order of the network's outputs. */
  public List<String> targets() {
    return targets;
  }

  @Override
  public List<String> outputs() {
    return targets;
  }

  @Override
  String misfit(String network, int outputCount) {
    return "network %s has %s, but the data have %s: %s"
        .formatted(
            network,
            counted(outputCount, "output"),
            counted(targets.size(), "target"),
            String.join(", ", targets));
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The target value of a sample: both numbers are counted from 0. */
  public double target(int sample, int target) {
    return values[sample][target];
  }

  @Override
  public RegressionData subset(int... samples) throws DataException {
    return of(
        targets,
        rows(samples),
        IntStream.of(samples).mapToObj(sample -> values[sample]).toArray(double[][]::new));
  }

  @Override
  RegressionData mapped(UnaryOperator<double[]> map) throws DataException {
    return of(targets, mappedRows(map), values);
  }

  /** The mean of a target over all samples; the sum does not overflow. */
  public double mean(int target) {
    double mean = 0;
    for (double[] row : values) {
      mean += row[target] / size();
    }
    return mean;
  }

  /**
   * The sum over samples of a target's squared differences from its mean; 0 where all are equal.
   */
  public double squaredDeviations(int target) {
    // The computed mean of equal numbers may be another one.
    if (Arrays.stream(values).allMatch(row -> row[target] == values[0][target])) {
      return 0;
    }
    double mean = mean(target);
    return Arrays.stream(values)
        .mapToDouble(row -> (row[target] - mean) * (row[target] - mean))
        .sum();
  }

  /**
   * Writes samples as columns, {@code [feature][position]} and {@code [target][position]}.
   *
   * @param columns receives the features
   * @param answers receives the targets
   * @param samples numbers of samples
   * @param from the place in {@code samples} of the first one
   * @param count how many are written, to the positions from 0
   */
  public void copyTo(double[][] columns, double[][] answers, int[] samples, int from, int count) {
    copyFeatures(columns, samples, from, count);
    for (int j = 0; j < count; j++) {
      copyColumn(values[samples[from + j]], answers, j);
    }
  }

  @Override
  String heading() {
    return "targets " + targets;
  }

  @Override
  byte[] answer(int sample) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * targets.size());
    Arrays.stream(values[sample]).forEach(bytes::putDouble);
    return bytes.array();
  }
}
