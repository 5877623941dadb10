package io.lipc.training.table;

import io.lipc.formats.Quoted;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Samples with features and a class. Features are what the network reads, in the units in which its
 * bound is declared; {@link Standardisation} brings columns of other units to deviations.
 * Immutable.
 */
public final class Dataset extends FeatureRows<Dataset> {

  private final List<String> classes;
  private final int[] labels;

  private Dataset(List<String> classes, double[][] features, int[] labels) {
    super(features);
    this.classes = List.copyOf(classes);
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
    double[][] copy = copied(features);
    if (labels.length != features.length) {
      throw new DataException(features.length + " samples with " + labels.length + " labels");
    }
    if (classes.size() < 2 || classes.stream().distinct().count() != classes.size()) {
      throw new DataException("a classifier needs two or more different classes, not " + classes);
    }
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0 || labels[row] >= classes.size()) {
        throw new DataException("row %d has the class number %d".formatted(row + 1, labels[row]));
      }
    }
    return new Dataset(classes, copy, labels.clone());
  }

  /** The names of the classes, in the order of the network's outputs. */
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<String> outputs() {
    return classes;
  }

  @Override
  String misfit(String network, int outputCount) {
    return "network %s has %d outputs, but the data have %d classes: %s"
        .formatted(network, outputCount, classes.size(), String.join(", ", classes));
  }

  /** The class of a sample, from 0. */
  public int label(int sample) {
    return labels[sample];
  }

  @Override
  public Dataset subset(int... samples) throws DataException {
    return of(
        classes, rows(samples), IntStream.of(samples).map(sample -> labels[sample]).toArray());
  }

  /**
   * The same samples with another list of classes: each sample keeps its class's name.
   *
   * @param names all classes, at least two, those of the samples among them
   * @throws DataException if one of {@link #classes()} is not among them
   */
  public Dataset withClasses(List<String> names) throws DataException {
    int[] places = new int[classes.size()];
    for (int k = 0; k < places.length; k++) {
      places[k] = names.indexOf(classes.get(k));
      if (places[k] < 0) {
        throw new DataException(
            "the class "
                + Quoted.code(classes.get(k))
                + " is none of "
                + names.stream().map(Quoted::of).toList());
      }
    }
    return of(
        names, mappedRows(row -> row), IntStream.of(labels).map(label -> places[label]).toArray());
  }

  @Override
  Dataset mapped(UnaryOperator<double[]> map) throws DataException {
    return of(classes, mappedRows(map), labels);
  }

  /**
   * Writes samples as columns {@code [feature][position]}, and their labels.
   *
   * @param columns receives the features
   * @param targets receives the class of each sample
   * @param samples numbers of samples
   * @param from the place in {@code samples} of the first one
   * @param count how many are written, to the positions from 0
   */
  public void copyTo(double[][] columns, int[] targets, int[] samples, int from, int count) {
    copyFeatures(columns, samples, from, count);
    for (int j = 0; j < count; j++) {
      targets[j] = labels[samples[from + j]];
    }
  }

  @Override
  String heading() {
    return classes.toString();
  }

  @Override
  byte[] answer(int sample) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(labels[sample]).array();
  }
}
