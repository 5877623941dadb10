package io.lipc.training;

import io.lipc.formats.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Samples with features and a class. Features are what the network reads, in the units in which its
 * bound is declared; {@link Standardisation} brings columns of other units to deviations.
 * Immutable.
 */
public final class Dataset implements FeatureRows {

  private final List<String> classes;
  private final double[][] features;
  private final int[] labels;

  private Dataset(List<String> classes, double[][] features, int[] labels) {
    this.classes = List.copyOf(classes);
    this.features = features;
    this.labels = labels;
  }

  /**
   * Samples whose arrays are copied.
   *
   * @param classes the names of the classes, at least two, in the order of the network's outputs
   * @param features finite numbers, {@code [sample][feature]}, at least one of each
   * @param labels the class of each sample, from 0
   * @throws DataException if something of this does not hold; rows count from 1
   */
  public static Dataset of(List<String> classes, double[][] features, int[] labels)
      throws DataException {
    if (features.length == 0 || features[0].length == 0) {
      throw new DataException("a data set needs at least one sample with one feature");
    }
    if (labels.length != features.length) {
      throw new DataException(features.length + " samples with " + labels.length + " labels");
    }
    if (classes.size() < 2 || classes.stream().distinct().count() != classes.size()) {
      throw new DataException("a classifier needs two or more different classes, not " + classes);
    }
    double[][] copy = new double[features.length][];
    for (int row = 0; row < features.length; row++) {
      copy[row] = features[row].clone();
      checkRow("feature", copy[row], features[0].length, row);
      if (labels[row] < 0 || labels[row] >= classes.size()) {
        throw new DataException("row %d has the class number %d".formatted(row + 1, labels[row]));
      }
    }
    return new Dataset(classes, copy, labels.clone());
  }

  /** Requires finite numbers, as many as there are in all rows. */
  static void checkRow(String noun, double[] row, int count, int index) throws DataException {
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

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int featureCount() {
    return features[0].length;
  }

  /** The names of the classes, in the order of the network's outputs. */
  public List<String> classes() {
    return classes;
  }

  /** The class of a sample, from 0. */
  public int label(int sample) {
    return labels[sample];
  }

  @Override
  public double feature(int sample, int feature) {
    return features[sample][feature];
  }

  @Override
  public double[] features(int sample) {
    return features[sample].clone();
  }

  /**
   * The samples with these numbers, in this order, with the same list of classes.
   *
   * @throws DataException if there are none
   */
  public Dataset subset(int... samples) throws DataException {
    return of(
        classes,
        IntStream.of(samples).mapToObj(sample -> features[sample]).toArray(double[][]::new),
        IntStream.of(samples).map(sample -> labels[sample]).toArray());
  }

  /**
   * The same samples with every feature multiplied by {@code factor}.
   *
   * @throws DataException if a feature is not finite then
   */
  public Dataset scaled(double factor) throws DataException {
    return mapped(x -> Arrays.stream(x).map(element -> factor * element).toArray());
  }

  /**
   * The same samples with other features.
   *
   * @param map from a copy of a sample's features to as many others
   * @throws DataException if a feature is not finite then
   */
  Dataset mapped(UnaryOperator<double[]> map) throws DataException {
    return of(classes, mapped(this, map), labels);
  }

  /** The features of samples, each row by {@code map} of a copy of it. */
  static double[][] mapped(FeatureRows samples, UnaryOperator<double[]> map) {
    double[][] mapped = new double[samples.size()][];
    for (int sample = 0; sample < mapped.length; sample++) {
      mapped[sample] = map.apply(samples.features(sample));
    }
    return mapped;
  }

  /** Writes samples as columns {@code [feature][position]} and their labels. */
  void copyTo(double[][] columns, int[] targets, int[] samples, int from, int count) {
    for (int j = 0; j < count; j++) {
      double[] row = features[samples[from + j]];
      for (int k = 0; k < row.length; k++) {
        columns[k][j] = row[k];
      }
      targets[j] = labels[samples[from + j]];
    }
  }

  /** The digest of classes, features and labels, and of their order. */
  Digest digest() {
    List<byte[]> parts = new ArrayList<>(size() + 1);
    parts.add((classes + " " + featureCount()).getBytes(StandardCharsets.UTF_8));
    for (int row = 0; row < size(); row++) {
      ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * featureCount() + Integer.BYTES);
      for (double feature : features[row]) {
        bytes.putDouble(feature);
      }
      parts.add(bytes.putInt(labels[row]).array());
    }
    return Digest.of(parts.toArray(byte[][]::new));
  }
}
