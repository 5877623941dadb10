package io.lipc.certifier.lmi;

import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.linalg.BlockSum;
import io.lipc.linalg.BlockTridiagonal;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A matrix inequality in units of a strictly feasible point: {@code y = (1, ..., 1)} stands for it,
 * and the coordinates are scaled by powers of two such that {@code X = sum_i y_i F_i - Y'Y} has a
 * diagonal in [1/2, 2] there.
 */
final class ScaledInequality {

  private final double rho;
  private final double[] multipliers;

  /** The diagonal of F_0; zero from the first coordinate on that is not of the input. */
  private final double[] input;

  private final SparseRows outputs;
  private final QuadraticForms forms;
  private final Deadline deadline;

  private ScaledInequality(
      MatrixInequality inequality,
      double rho,
      double[] multipliers,
      double[] columns,
      Deadline deadline) {
    this.deadline = deadline;
    this.rho = rho;
    this.multipliers = multipliers.clone();
    this.input = new double[inequality.size()];
    for (int i = 0; i < inequality.inputs(); i++) {
      input[i] = rho * columns[i] * columns[i];
    }
    this.outputs = inequality.outputs().scaledColumns(columns);
    this.forms = QuadraticForms.of(inequality, columns, multipliers);
  }

  /**
   * Scales by the point (rho, multipliers).
   *
   * @return empty if the diagonal shows that S is not positive definite there
   */
  static Optional<ScaledInequality> of(
      MatrixInequality inequality, double rho, double[] multipliers, Deadline deadline) {
    double[][] start = inequality.matrix(rho, multipliers, deadline);
    double[] columns = new double[start.length];
    for (int i = 0; i < columns.length; i++) {
      double diagonal = start[i][i];
      if (!(diagonal >= Double.MIN_NORMAL && diagonal <= Double.MAX_VALUE)) {
        return Optional.empty();
      }
      columns[i] = Math.scalb(1.0, -Math.floorDiv(Math.getExponent(diagonal) + 1, 2));
    }
    return Optional.of(new ScaledInequality(inequality, rho, multipliers, columns, deadline));
  }

  int size() {
    return input.length;
  }

  int constraints() {
    return multipliers.length;
  }

  /** {@code sum_i y_i F_i}. */
  double[][] linear(double[] y) {
    double[] minus = new double[multipliers.length];
    Arrays.setAll(minus, i -> -y[i + 1]);
    double[][] sum = forms.sum(minus, deadline);
    for (int i = 0; i < input.length; i++) {
      sum[i][i] += y[0] * input[i];
    }
    return sum;
  }

  /** {@code X = sum_i y_i F_i - Y'Y}. */
  double[][] matrix(double[] y) {
    double[][] x = linear(y);
    for (int k = 0; k < outputs.count(); k++) {
      outputs.addOuterProduct(x, k, outputs, -1);
    }
    return x;
  }

  /** {@code sum_i y_i F_i}, of which the blocks are read that {@code bounds} begins and ends. */
  BlockTridiagonal linear(double[] y, int[] bounds) {
    return sum(y, bounds).matrix();
  }

  /** {@code X = sum_i y_i F_i - Y'Y}, by blocks. */
  BlockTridiagonal matrix(double[] y, int[] bounds) {
    BlockSum sum = sum(y, bounds);
    for (int k = 0; k < outputs.count(); k++) {
      sum.add(outputs, outputs, k, -0.5);
    }
    return sum.matrix();
  }

  private BlockSum sum(double[] y, int[] bounds) {
    BlockSum sum = new BlockSum(bounds);
    double[] minus = new double[multipliers.length];
    Arrays.setAll(minus, i -> -y[i + 1]);
    forms.addTo(sum, minus, deadline);
    for (int i = 0; i < input.length; i++) {
      sum.addDiagonal(i, y[0] * input[i]);
    }
    return sum;
  }

  /** {@code tr(F_0 A)}. */
  double inputTrace(double[][] a) {
    double trace = 0;
    for (int i = 0; i < input.length; i++) {
      trace += input[i] * a[i][i];
    }
    return trace;
  }

  /** {@code tr(Y A Y')}. */
  double outputTrace(double[][] a) {
    double[][] ya = outputs.times(a, input.length, deadline);
    double trace = 0;
    for (int k = 0; k < ya.length; k++) {
      trace += outputs.dot(k, ya[k]);
    }
    return trace;
  }

  /** {@code tr(F_i A)} for all i; A is symmetric. */
  double[] traces(double[][] a) {
    double[] traces = new double[multipliers.length + 1];
    double[] ofForms = forms.traces(a, deadline);
    traces[0] = inputTrace(a);
    for (int i = 1; i < traces.length; i++) {
      traces[i] = -ofForms[i - 1];
    }
    return traces;
  }

  /** {@code tr(F_i A F_j B)} for all i and j; A and B are symmetric. */
  double[][] schur(double[][] a, double[][] b) {
    double[][] schur = new double[multipliers.length + 1][multipliers.length + 1];
    double[][] ofForms = forms.traces(a, b, deadline);
    double[] ofMixed = forms.tracesBetween(a, Arrays.copyOf(input, inputs()), b, deadline);
    schur[0][0] = inputTrace(a, b);
    for (int i = 1; i < schur.length; i++) {
      System.arraycopy(ofForms[i - 1], 0, schur[i], 1, schur.length - 1);
      schur[i][0] = -ofMixed[i - 1];
      schur[0][i] = schur[i][0];
    }
    return schur;
  }

  private int inputs() {
    int inputs = 0;
    while (inputs < input.length && input[inputs] != 0) {
      inputs++;
    }
    return inputs;
  }

  /** {@code tr(F_0 A F_0 B)}. */
  private double inputTrace(double[][] a, double[][] b) {
    double trace = 0;
    for (int i = 0; i < inputs(); i++) {
      for (int j = 0; j < inputs(); j++) {
        trace += input[i] * a[i][j] * input[j] * b[i][j];
      }
    }
    return trace;
  }

  /** The result in the units of the inequality. */
  Result result(double[] y, double dual, int iterations, Ending ending) {
    List<Double> lambda = new ArrayList<>();
    for (int i = 0; i < multipliers.length; i++) {
      lambda.add(y[i + 1] * multipliers[i]);
    }
    return new Result(y[0] * rho, lambda, dual * rho, iterations, ending);
  }
}
