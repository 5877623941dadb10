package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.formats.Weights;
import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A linear map for operands of given sizes, in doubles: {@code M x + b}, and products with M and
 * M', the operands one after the other. A matrix whose entries all count is kept as rows.
 */
public final class LinearOperator {

  private final LinearMap.Row[] rows;
  private final IntToDoubleFunction shift;
  private final boolean dense;
  private final int inputs;

  private LinearOperator(LinearMap map, List<Integer> sizes, Weights weights) {
    int outputs = map.outputs(sizes).orElseThrow();
    var row = map.rows(sizes, weights);
    this.rows = IntStream.range(0, outputs).mapToObj(row).toArray(LinearMap.Row[]::new);
    this.shift = map.shift(weights);
    this.dense = map instanceof Matrix || map instanceof Centering;
    this.inputs = sizes.stream().mapToInt(Integer::intValue).sum();
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
    return rows.length;
  }

  /** One row of M. */
  LinearMap.Row row(int i) {
    return rows[i];
  }

  /** One element of b. */
  double shift(int i) {
    return shift.applyAsDouble(i);
  }

  /** The number of products of an evaluation: each output is one where most entries are zero. */
  public long products() {
    return dense ? (long) rows.length * inputs : rows.length;
  }

  /** {@code M x}, and b besides if {@code affine}. */
  public double[] times(double[] x, boolean affine) {
    double[] y = new double[rows.length];
    Arrays.setAll(y, i -> product(rows[i], x) + (affine ? shift(i) : 0));
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
    for (int i = 0; i < y.length; i++) {
      LinearMap.Row row = rows[i];
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
    return dense
        ? Arrays.stream(rows).map(LinearMap.Row::factors).toArray(double[][]::new)
        : each(Dense.identity(inputs));
  }

  private double[][] each(double[][] z) {
    return Arrays.stream(rows).map(row -> combined(row, z)).toArray(double[][]::new);
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
