package io.lipc.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A matrix by the non-zero entries of its rows: the linear forms of one coordinate, or of the
 * coordinates of one layer, of which matrix inequalities are made. Immutable.
 */
public final class SparseRows {

  /** The number of rows with the same columns that are multiplied as a dense matrix. */
  private static final int RUN = 16;

  private final int[][] indices;
  private final double[][] values;

  private SparseRows(int[][] indices, double[][] values) {
    this.indices = indices;
    this.values = values;
  }

  /** The rows of a dense matrix, which may be empty; zeros are left out. */
  public static SparseRows of(double[][] rows) {
    int[][] indices = new int[rows.length][];
    double[][] values = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      indices[i] = IntStream.range(0, row.length).filter(j -> row[j] != 0).toArray();
      values[i] = IntStream.of(indices[i]).mapToDouble(j -> row[j]).toArray();
    }
    return new SparseRows(indices, values);
  }

  /** The unit rows: row i has the single entry 1, in column {@code coordinates[i]}. */
  public static SparseRows units(int... coordinates) {
    double[][] values = new double[coordinates.length][1];
    for (double[] value : values) {
      value[0] = 1;
    }
    return new SparseRows(
        IntStream.of(coordinates).mapToObj(j -> new int[] {j}).toArray(int[][]::new), values);
  }

  /** All rows of the first part, then those of the second, and so on. */
  public static SparseRows stack(List<SparseRows> parts) {
    List<int[]> indices = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (SparseRows part : parts) {
      indices.addAll(Arrays.asList(part.indices));
      values.addAll(Arrays.asList(part.values));
    }
    return new SparseRows(indices.toArray(int[][]::new), values.toArray(double[][]::new));
  }

  /** These rows, followed by rows of zeros until there are {@code count}. */
  public SparseRows padded(int count) {
    int[][] longer = Arrays.copyOf(indices, count);
    double[][] numbers = Arrays.copyOf(values, count);
    for (int i = indices.length; i < count; i++) {
      longer[i] = new int[0];
      numbers[i] = new double[0];
    }
    return new SparseRows(longer, numbers);
  }

  /** These rows with column j multiplied by {@code factors[j]}. */
  public SparseRows scaledColumns(double[] factors) {
    double[][] scaled = new double[values.length][];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = new double[values[i].length];
      for (int k = 0; k < scaled[i].length; k++) {
        scaled[i][k] = values[i][k] * factors[indices[i][k]];
      }
    }
    return new SparseRows(indices, scaled);
  }

  /** The number of rows of this matrix. */
  public int count() {
    return indices.length;
  }

  /** The number of entries that are not zero. */
  public long entries() {
    return Arrays.stream(indices).mapToLong(row -> row.length).sum();
  }

  /** The columns with an entry in row i, ascending; not a copy. */
  int[] indices(int i) {
    return indices[i];
  }

  /** The entries of row i, in the order of their columns; not a copy. */
  double[] values(int i) {
    return values[i];
  }

  /** The columns with an entry in row i, ascending; a new array. */
  public int[] columns(int i) {
    return indices[i].clone();
  }

  /** One more than the largest number of a column with an entry. */
  public int width() {
    return Arrays.stream(indices).flatMapToInt(Arrays::stream).max().orElse(-1) + 1;
  }

  /** The product {@code R A} of these rows R and a matrix A that has {@code columns} columns. */
  public double[][] times(double[][] a, int columns, Deadline deadline) {
    double[][] product = Dense.zeros(indices.length, columns);
    List<Range> runs = runs();
    runs.stream()
        .filter(run -> run.length() >= RUN)
        .forEach(run -> times(product, run, a, columns, deadline));
    runs.stream()
        .filter(run -> run.length() < RUN)
        .flatMapToInt(run -> IntStream.range(run.from(), run.to()))
        .parallel()
        .forEach(
            i -> {
              deadline.check();
              times(product[i], indices[i], values[i], a, columns);
            });
    return product;
  }

  /** Neighbouring rows with entries in the same columns: those of one dense layer. */
  private List<Range> runs() {
    List<Range> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= indices.length; i++) {
      if (i == indices.length || !Arrays.equals(indices[i], indices[from])) {
        runs.add(new Range(from, i));
        from = i;
      }
    }
    return runs;
  }

  /**
   * Rows that are dense in the same columns, in blocks for the caches; the same to the last bit.
   */
  private void times(double[][] product, Range run, double[][] a, int columns, Deadline deadline) {
    double[][] left = Dense.transpose(Arrays.copyOfRange(values, run.from(), run.to()));
    double[][] read =
        IntStream.of(indices[run.from()]).mapToObj(j -> a[j]).toArray(double[][]::new);
    double[][] rows = Arrays.copyOfRange(product, run.from(), run.to());
    new Dense.Update(rows, left, read, 1, false)
        .run(Range.all(read), Range.all(rows), columns, false, deadline);
  }

  private static void times(double[] row, int[] at, double[] value, double[][] a, int columns) {
    int k = 0;
    for (; k + 4 <= at.length; k += 4) {
      Dense.addFour(
          row,
          a[at[k]],
          a[at[k + 1]],
          a[at[k + 2]],
          a[at[k + 3]],
          value[k],
          value[k + 1],
          value[k + 2],
          value[k + 3],
          columns);
    }
    for (; k < at.length; k++) {
      Dense.axpy(row, a[at[k]], value[k], 0, columns);
    }
  }

  /**
   * The number {@code r A s}, where r is row i of this matrix, s row i of {@code other}, and A is
   * symmetric.
   */
  public double form(int i, double[][] a, SparseRows other) {
    double sum = 0;
    for (int k = 0; k < indices[i].length; k++) {
      sum = Math.fma(values[i][k], other.dot(i, a[indices[i][k]]), sum);
    }
    return sum;
  }

  /** The inner product of row i of this matrix and {@code vector}. */
  public double dot(int i, double[] vector) {
    double sum = 0;
    for (int k = 0; k < indices[i].length; k++) {
      sum = Math.fma(values[i][k], vector[indices[i][k]], sum);
    }
    return sum;
  }

  /**
   * Adds in place {@code target += factor r' s}, where r is row i of this matrix and s row i of
   * {@code other}.
   */
  public void addOuterProduct(double[][] target, int i, SparseRows other, double factor) {
    for (int k = 0; k < indices[i].length; k++) {
      double[] row = target[indices[i][k]];
      double scaled = factor * values[i][k];
      for (int l = 0; l < other.indices[i].length; l++) {
        row[other.indices[i][l]] += scaled * other.values[i][l];
      }
    }
  }
}
