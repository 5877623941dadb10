package io.lipc.training.table;

import io.lipc.formats.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Samples, as far as a network reads them: rows of finite numbers. Immutable.
 *
 * @param <D> the samples themselves, with what a network is to give for them
 */
public abstract sealed class FeatureRows<D extends FeatureRows<D>> permits Dataset, RegressionData {

  private final double[][] features;

  /**
   * Rows that nobody else writes to.
   *
   * @param features what {@link #copied} gave
   */
  FeatureRows(double[][] features) {
    this.features = features;
  }

  /**
   * A copy of rows of features.
   *
   * @param features finite numbers, {@code [sample][feature]}, at least one of each
   * @throws DataException if something of this does not hold; rows count from 1
   */
  static double[][] copied(double[][] features) throws DataException {
    if (features.length == 0 || features[0].length == 0) {
      throw new DataException("a data set needs at least one sample with one feature");
    }
    return copied("feature", features, features[0].length);
  }

  /**
   * A copy of rows.
   *
   * @param noun what messages call an element
   * @param count of the elements of each row, which are finite
   * @throws DataException if something of this does not hold; rows count from 1
   */
  static double[][] copied(String noun, double[][] rows, int count) throws DataException {
    double[][] copy = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      copy[row] = rows[row].clone();
      checkRow(noun, copy[row], count, row);
    }
    return copy;
  }

  /** Requires finite numbers, as many as there are in all rows. */
  private static void checkRow(String noun, double[] row, int count, int index)
      throws DataException {
    if (row.length != count) {
      throw new DataException(
          "row %d has %d %ss, not %d".formatted(index + 1, row.length, noun, count));
    }
    for (int k = 0; k < row.length; k++) {
      if (!Double.isFinite(row[k])) {
        throw new DataException("%s %d of row %d is %s".formatted(noun, k + 1, index + 1, row[k]));
      }
    }
  }

  /** The names of what a network gives for them, in the order of its outputs. */
  public abstract List<String> outputs();

  /**
   * Checks that a network reads as many features, and gives as many outputs.
   *
   * @param network its name
   * @throws DataException if it does not
   */
  public final void requireFit(String network, int inputCount, int outputCount)
      throws DataException {
    if (featureCount() != inputCount) {
      throw new DataException(
          ("network %s has %d inputs, but the data have %d features; declare real[%d], or check"
                  + " --drop-column and --label-column")
              .formatted(network, inputCount, featureCount(), featureCount()));
    }
    if (outputs().size() != outputCount) {
      throw new DataException(misfit(network, outputCount));
    }
  }

  /** The message about a network with another number of outputs. */
  abstract String misfit(String network, int outputCount);

  /**
   * The samples with these numbers, in this order; classes or targets stay as they are.
   *
   * @throws DataException if there are none
   */
  public abstract D subset(int... samples) throws DataException;

  /**
   * The same samples with every feature multiplied by {@code factor}; classes or targets stay.
   *
   * @throws DataException if a feature is not finite then
   */
  public final D scaled(double factor) throws DataException {
    return mapped(
        row -> {
          for (int k = 0; k < row.length; k++) {
            row[k] *= factor;
          }
          return row;
        });
  }

  /**
   * The same samples with other features; classes or targets stay.
   *
   * @param map from a copy of a sample's features to as many others
   * @throws DataException if a feature is not finite then
   */
  abstract D mapped(UnaryOperator<double[]> map) throws DataException;

  /** The digest of features, of classes or targets with their names, and of their order. */
  public final Digest digest() {
    List<byte[]> parts = new ArrayList<>(size() + 1);
    parts.add((heading() + " " + featureCount()).getBytes(StandardCharsets.UTF_8));
    for (int row = 0; row < size(); row++) {
      byte[] answer = answer(row);
      ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * featureCount() + answer.length);
      Arrays.stream(features[row]).forEach(bytes::putDouble);
      parts.add(bytes.put(answer).array());
    }
    return Digest.of(parts.toArray(byte[][]::new));
  }

  /** The names of classes or targets, as the digest has them. */
  abstract String heading();

  /** The class or the targets of a sample, as the digest has them. */
  abstract byte[] answer(int sample);

  /** The number of samples. */
  public final int size() {
    return features.length;
  }

  /** The number of features of each sample. */
  public final int featureCount() {
    return features[0].length;
  }

  /** One feature of a sample, both counted from 0. */
  public final double feature(int sample, int feature) {
    return features[sample][feature];
  }

  /** A copy of the features of a sample. */
  public final double[] features(int sample) {
    return features[sample].clone();
  }

  /** The features of samples, not to be written. */
  final double[][] rows(int... samples) {
    return IntStream.of(samples).mapToObj(sample -> features[sample]).toArray(double[][]::new);
  }

  /** The features of all samples, each row by {@code map} of a copy of it. */
  final double[][] mappedRows(UnaryOperator<double[]> map) {
    return IntStream.range(0, size())
        .mapToObj(sample -> map.apply(features(sample)))
        .toArray(double[][]::new);
  }

  /** Writes the features of samples as columns, {@code [feature][position]}. */
  final void copyFeatures(double[][] columns, int[] samples, int from, int count) {
    for (int j = 0; j < count; j++) {
      copyColumn(features[samples[from + j]], columns, j);
    }
  }

  /** Writes a row as a column. */
  static void copyColumn(double[] row, double[][] columns, int position) {
    for (int k = 0; k < row.length; k++) {
      columns[k][position] = row[k];
    }
  }
}
