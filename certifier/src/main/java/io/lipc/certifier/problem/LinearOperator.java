package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A linear map for operands of given sizes, in doubles: {@code M x + b}, and products with M and
 * M', the operands one after the other. A matrix whose entries all count is kept as rows.
 */
public final class LinearOperator {

  /** Products between two looks at the clock: a look takes the time of a hundred. */
  private static final int LOOK = 4096;

  private final IntFunction<LinearMap.Row> rows;

  /** All rows; none of them where rows of images would take as much memory as a matrix. */
  private final LinearMap.Row[] kept;

  private final double[] shift;
  private final boolean dense;

  /** Whether it subtracts the mean: products with vectors take no matrix. */
  private final boolean centres;

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
    this.rows = map.rows(sizes, weights);
    this.centres = map instanceof Centering;
    boolean keeps = taps == 0 && !centres;
    this.kept =
        IntStream.range(0, keeps ? outputs : 0).mapToObj(rows).toArray(LinearMap.Row[]::new);
    this.shift = IntStream.range(0, outputs).mapToDouble(map.shift(weights)).toArray();
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
    return outputs;
  }

  /** One row of M. */
  LinearMap.Row row(int i) {
    return i < kept.length ? kept[i] : rows.apply(i);
  }

  /** One element of b. */
  double shift(int i) {
    return shift[i];
  }

  /** The number of products of an evaluation: each output is one where most entries are zero. */
  public long products() {
    return (long) outputs * (dense && !centres ? inputs : Math.max(1, taps));
  }

  /** {@code M x}, and b besides if {@code affine}. */
  public double[] times(double[] x, boolean affine, Deadline deadline) {
    double[] y = product(x, deadline);
    for (int i = 0; i < y.length && affine; i++) {
      y[i] += shift[i];
    }
    return y;
  }

  private double[] product(double[] x, Deadline deadline) {
    if (windows.isPresent()) {
      return windows.get().times(x, deadline);
    }
    double[] y = centres ? x.clone() : new double[outputs];
    if (centres) {
      subtractMean(x, y);
    }
    int work = LOOK;
    for (int i = 0; i < y.length && !centres; i++) {
      LinearMap.Row row = row(i);
      work = looked(work + row.factors().length, deadline);
      y[i] = product(row, x);
    }
    return y;
  }

  /** The work since the last look, one of which is due after {@link #LOOK}. */
  private static int looked(int work, Deadline deadline) {
    if (work < LOOK) {
      return work;
    }
    deadline.check();
    return 0;
  }

  /** The matrix is symmetric. */
  private static void subtractMean(double[] of, double[] from) {
    double mean = Centering.share(of.length) * Arrays.stream(of).sum();
    Arrays.setAll(from, i -> from[i] - mean);
  }

  private double product(LinearMap.Row row, double[] x) {
    if (dense) {
      return Dense.dot(row.factors(), x);
    }
    int[] places = row.places();
    double[] factors = row.factors();
    double sum = 0;
    for (int k = 0; k < places.length; k++) {
      sum += factors[k] * x[places[k]];
    }
    return sum;
  }

  /** {@code x += M' y}. */
  public void addTransposed(double[] y, double[] x, Deadline deadline) {
    if (windows.isPresent()) {
      windows.get().addTransposed(y, x, deadline);
      return;
    }
    if (centres) {
      Dense.addScaled(x, y, 1);
      subtractMean(y, x);
      return;
    }
    int work = LOOK;
    for (int i = 0; i < y.length; i++) {
      LinearMap.Row row = row(i);
      double[] factors = row.factors();
      work = looked(work + factors.length, deadline);
      if (dense) {
        Dense.addScaled(x, factors, y[i]);
        continue;
      }
      int[] places = row.places();
      for (int k = 0; k < places.length; k++) {
        x[places[k]] += factors[k] * y[i];
      }
    }
  }

  /** {@code M Z}, by rows; one that M copies is shared with Z. Neither may be written to. */
  public double[][] times(double[][] z, Deadline deadline) {
    return dense ? Dense.product(matrix(deadline), z, deadline) : each(z, deadline);
  }

  /** The rows of M; not to be written to where they are shared. */
  public double[][] matrix(Deadline deadline) {
    Memory.require(outputs, inputs);
    return all(deadline).map(dense ? LinearMap.Row::factors : this::whole).toArray(double[][]::new);
  }

  private double[][] each(double[][] z, Deadline deadline) {
    return all(deadline).map(row -> combined(row, z)).toArray(double[][]::new);
  }

  private Stream<LinearMap.Row> all(Deadline deadline) {
    return IntStream.range(0, outputs).peek(_ -> deadline.check()).mapToObj(this::row);
  }

  /** A row with its zeros. */
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
