package io.lipc.training.table;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Brings columns of different units to mean 0 and standard deviation 1: the statistics of a layer
 * {@code batch_norm} that reads them, rounded as they will be stored. {@link #apply} computes with
 * the scales and shifts that the layer computes from them, so training reads the same numbers as
 * the network that runs, but for their rounding.
 *
 * @param layer which columns share a mean: the pixels of a channel, where there are any
 * @param columns the statistics of each channel of the layer
 * @param tensors of the layer, in the precision of the network
 */
public record Standardisation(BatchNorm layer, List<Column> columns, Weights tensors) {

  /**
   * Values may be rounded by so much of a deviation, and not by more. A network of bound 1 moves by
   * no more than that, so radii beyond a tenth survive it.
   */
  private static final double MOST_ROUNDING = 1.0 / 64;

  public Standardisation {
    columns = List.copyOf(columns);
  }

  /**
   * A column of a table, or all pixels of a channel.
   *
   * @param name what messages call it
   * @param deviation the root of the mean square distance from the mean; 0 of a constant
   */
  public record Column(String name, double mean, double deviation) {

    /** Whether it has one value alone: then it says nothing of classes, and is not read. */
    public boolean isConstant() {
      return deviation == 0;
    }
  }

  /**
   * The statistics of some samples. A constant column gets the scale 0: whatever it is later, the
   * network never learnt what that means.
   *
   * @param samples as many features as {@code layer} reads; those that gradients come from, and no
   *     others
   * @param names what messages call the features
   * @param type the precision that the network reads them in
   * @throws DataException if a column cannot be standardised in this precision; the message names
   *     it
   */
  public static Standardisation of(
      FeatureRows<?> samples, List<String> names, BatchNorm layer, ElementType type)
      throws DataException {
    List<Column> columns = new ArrayList<>();
    for (int channel = 0; channel < layer.channels(); channel++) {
      columns.add(column(samples, names, layer, channel, type));
    }
    return new Standardisation(
        layer,
        columns,
        Weights.of(
            List.of(
                tensor(layer, 0, columns, column -> column.isConstant() ? 0 : 1, type),
                tensor(layer, 1, columns, _ -> 0, type),
                tensor(layer, 2, columns, Column::mean, type),
                tensor(layer, 3, columns, Standardisation::variance, type))));
  }

  private static double variance(Column column) {
    return column.isConstant() ? 1 : column.deviation() * column.deviation();
  }

  private static Tensor tensor(
      BatchNorm layer,
      int role,
      List<Column> columns,
      ToDoubleFunction<Column> value,
      ElementType type)
      throws DataException {
    double[] values = columns.stream().mapToDouble(value).toArray();
    String name = layer.prefix() + "." + BatchNorm.ROLES.get(role);
    try {
      return Tensor.of(name, ElementType.F64, List.of(values.length), values).rounded(type);
    } catch (FormatException e) {
      throw new DataException(e.getMessage());
    }
  }

  private static Column column(
      FeatureRows<?> samples, List<String> names, BatchNorm layer, int channel, ElementType type)
      throws DataException {
    int first = channel * layer.pixels();
    String name = layer.pixels() == 1 ? names.get(first) : "channel " + (channel + 1);
    DoubleSummaryStatistics summary = values(samples, layer, channel).summaryStatistics();
    double least = summary.getMin();
    double largest = summary.getMax();
    if (least == largest) {
      return new Column(name, least, 0);
    }
    double mean = summary.getAverage();
    double variance =
        values(samples, layer, channel)
            .map(value -> (value - mean) * (value - mean))
            .summaryStatistics()
            .getAverage();
    Column column = new Column(name, mean, Math.sqrt(variance));
    checkPrecision(column, Math.max(Math.abs(least), Math.abs(largest)), type);
    return column;
  }

  private static DoubleStream values(FeatureRows<?> samples, BatchNorm layer, int channel) {
    int first = channel * layer.pixels();
    int count = Math.multiplyExact(samples.size(), layer.pixels());
    return IntStream.range(0, count)
        .mapToDouble(k -> samples.feature(k / layer.pixels(), first + k % layer.pixels()));
  }

  /** Scale, shift and input are rounded, each relative to the largest value. */
  private static void checkPrecision(Column column, double largest, ElementType type)
      throws DataException {
    double ulp = type == ElementType.F32 ? 0x1p-23 : 0x1p-52;
    double square = variance(column);
    double least = type == ElementType.F32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    double most = type == ElementType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    String precision = type == ElementType.F32 ? "f32" : "f64";
    if (!(square >= least && square <= most && Math.abs(column.mean()) <= most)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has a mean of %.4g and a deviation of %.4g, whose square is out of the range of %s; write the column in another unit",
              column.name(),
              column.mean(),
              column.deviation(),
              precision));
    }
    if (!(largest * ulp <= MOST_ROUNDING * column.deviation())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has values as large as %.6g, which differ by a deviation of %.4g: rounded to %s they are hardly told apart; subtract %.6g in the table, and later from what the network reads, or leave the column out%s",
              column.name(),
              largest,
              column.deviation(),
              precision,
              column.mean(),
              type == ElementType.F32 ? ", or declare `precision f64;`" : ""));
    }
  }

  /**
   * The gain of the layer in l2: two inputs are at most so many times as far apart after it as
   * before it.
   */
  public double gain() {
    return layer.gain(tensors).orElseThrow();
  }

  /**
   * The same samples, standardised; classes or targets stay.
   *
   * @throws DataException if a feature is not finite then
   */
  public <D extends FeatureRows<D>> D apply(D samples) throws DataException {
    return apply(layer, tensors, samples);
  }

  /**
   * Samples as a layer hands them on.
   *
   * @param tensors at least those of the layer
   * @param samples as many features as the layer reads
   * @throws DataException if a feature is not finite then
   */
  public static <D extends FeatureRows<D>> D apply(BatchNorm layer, Weights tensors, D samples)
      throws DataException {
    return samples.mapped(map(layer, tensors));
  }

  /** The map of a layer on the features of a sample, in place. */
  private static UnaryOperator<double[]> map(BatchNorm layer, Weights tensors) {
    int size = layer.channels() * layer.pixels();
    IntFunction<LinearMap.Row> rows = layer.rows(List.of(size), tensors);
    IntToDoubleFunction shift = layer.shift(tensors);
    double[] scales =
        IntStream.range(0, size).mapToDouble(i -> rows.apply(i).factors()[0]).toArray();
    double[] shifts = IntStream.range(0, size).mapToDouble(shift).toArray();
    return x -> {
      for (int i = 0; i < x.length; i++) {
        x[i] = scales[i] * x[i] + shifts[i];
      }
      return x;
    };
  }
}
