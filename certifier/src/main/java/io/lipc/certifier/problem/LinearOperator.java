package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.formats.Weights;
import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A linear map for operands of given sizes, in doubles: {@code M x + b}, and products with M and
 * M', the operands one after the other. A matrix whose entries all count is kept as rows.
 */
public final class LinearOperator {

  private final IntFunction<LinearMap.Row> rows;
  private final IntToDoubleFunction shift;
  private final boolean dense;
  private final int inputs;
  private final int outputs;
  private final int taps;
  private final Optional<WindowProducts> windows;

  private LinearOperator(LinearMap map, List<Integer> sizes, Weights weights) {
    this.outputs = map.outputs(sizes).orElseThrow();
    this.taps = map.taps();
    this.windows =
        map instanceof Convolution convolution
            ? Optional.of(new WindowProducts(convolution, weights))
            : Optional.empty();
    IntFunction<LinearMap.Row> row = map.rows(sizes, weights);
    this.rows = taps > 0 ? row : kept(row, outputs);
    this.shift = map.shift(weights);
    this.dense = map instanceof Matrix || map instanceof Centering;
    this.inputs = sizes.stream().mapToInt(Integer::intValue).sum();
  }

  /** Rows of images would take as much memory as a matrix: these are made where they are read. */
  private static IntFunction<LinearMap.Row> kept(IntFunction<LinearMap.Row> row, int outputs) {
    List<LinearMap.Row> kept = IntStream.range(0, outputs).mapToObj(row).toList();
    return kept::get;
  }

  /**
   * The operator of a map.
   *
   * @param sizes the sizes of its operands, which fit
   */
  public static LinearOperator of(LinearMap map, List<Integer> sizes, Weights weights) {
    return new LinearOperator(map, sizes, weights);
  }

  /** The operator of a unit of a problem. */
  public static LinearOperator of(Problem problem, Unit.Linear unit) {
    List<Integer> sizes = unit.operands().stream().map(i -> problem.units().get(i).size()).toList();
    return of(unit.map(), sizes, problem.weights());
  }

  /** The number of rows of M. */
  public int outputs() {
    return outputs;
  }

  /** One row of M. */
  LinearMap.Row row(int i) {
    return rows.apply(i);
  }

  /** One element of b. */
  double shift(int i) {
    return shift.applyAsDouble(i);
  }

  /** The number of products of an evaluation: each output is one where most entries are zero. */
  public long products() {
    return (long) outputs * (dense ? inputs : Math.max(1, taps));
  }

  /** {@code M x}, and b besides if {@code affine}. */
  public double[] times(double[] x, boolean affine) {
    double[] y = windows.map(products -> products.times(x)).orElseGet(() -> byRows(x));
    for (int i = 0; i < y.length && affine; i++) {
      y[i] += shift(i);
    }
    return y;
  }

  private double[] byRows(double[] x) {
    double[] y = new double[outputs];
    Arrays.setAll(y, i -> product(row(i), x));
    return y;
  }

  private double product(LinearMap.Row row, double[] x) {
    if (dense) {
      return Dense.dot(row.factors(), x);
    }
    double sum = 0;
    for (int k = 0; k < row.places().length; k++) {
      sum += row.factors()[k] * x[row.places()[k]];
    }
    return sum;
  }

  /** {@code x += M' y}. */
  public void addTransposed(double[] y, double[] x) {
    if (windows.isPresent()) {
      windows.get().addTransposed(y, x);
      return;
    }
    for (int i = 0; i < y.length; i++) {
      LinearMap.Row row = row(i);
      if (dense) {
        Dense.addScaled(x, row.factors(), y[i]);
        continue;
      }
      for (int k = 0; k < row.places().length; k++) {
        x[row.places()[k]] += row.factors()[k] * y[i];
      }
    }
  }

  /** {@code M Z}, by rows; one that M copies is shared with Z. Neither may be written to. */
  public double[][] times(double[][] z) {
    return dense ? Dense.product(matrix(), z) : each(z);
  }

  /** The rows of M; not to be written to where they are shared. */
  public double[][] matrix() {
    return all().map(dense ? LinearMap.Row::factors : this::whole).toArray(double[][]::new);
  }

  private double[][] each(double[][] z) {
    return all().map(row -> combined(row, z)).toArray(double[][]::new);
  }

  private Stream<LinearMap.Row> all() {
    return IntStream.range(0, outputs).mapToObj(rows);
  }

  /** With its zeros. */
  private double[] whole(LinearMap.Row row) {
    double[] whole = new double[inputs];
    for (int k = 0; k < row.places().length; k++) {
      whole[row.places()[k]] = row.factors()[k];
    }
    return whole;
  }

  /** Whether the row passes one element on, as it is. */
  private static boolean isCopy(LinearMap.Row row) {
    return row.factors().length == 1 && row.factors()[0] == 1;
  }

  private static double[] combined(LinearMap.Row row, double[][] z) {
    if (isCopy(row)) {
      return z[row.places()[0]];
    }
    double[] sum = new double[z[row.places()[0]].length];
    for (int k = 0; k < row.places().length; k++) {
      Dense.addScaled(sum, z[row.places()[k]], row.factors()[k]);
    }
    return sum;
  }
}
