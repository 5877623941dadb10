package io.lipc.certifier.lmi;

import io.lipc.certifier.lmi.MatrixInequality.Constraint;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The condition of a matrix inequality on a few vectors, the columns of V: {@code rho G - M_0 -
 * sum_i lambda_i M_i >= 0} with {@code G = V'P_x V}, {@code M_0 = V'Y'Y V} and {@code M_i = V'Q_i
 * V}, all r x r.
 *
 * @param input G
 * @param constant M_0
 * @param slopes M_1, M_2, ...
 */
record MatrixCut(double[][] input, double[][] constant, List<double[][]> slopes) {

  MatrixCut {
    slopes = List.copyOf(slopes);
  }

  /**
   * The demand on given vectors.
   *
   * @param vectors one in each column
   */
  static MatrixCut of(MatrixInequality inequality, double[][] vectors, Deadline deadline) {
    int columns = vectors[0].length;
    return new MatrixCut(
        inequality.inputs() == 0
            ? new double[columns][columns]
            : Dense.gram(Arrays.copyOf(vectors, inequality.inputs()), deadline),
        gram(inequality.outputs().times(vectors, columns, deadline), columns, deadline),
        inequality.constraints().stream()
            .map(constraint -> slope(constraint, vectors, columns, deadline))
            .toList());
  }

  private static double[][] gram(double[][] rows, int columns, Deadline deadline) {
    return rows.length == 0 ? new double[columns][columns] : Dense.gram(rows, deadline);
  }

  private static double[][] slope(
      Constraint constraint, double[][] vectors, int columns, Deadline deadline) {
    deadline.check();
    double[][] z = image(constraint.z(), constraint.pairs(), vectors, columns, deadline);
    double[][] w = image(constraint.w(), constraint.pairs(), vectors, columns, deadline);
    double[][] slope = new double[columns][columns];
    Dense.addTransposedProduct(
        slope, z, sum(z, constraint.zz(), w, 2 * constraint.zw()), 1, deadline);
    Dense.addTransposedProduct(slope, w, sum(w, constraint.ww(), z, 0), 1, deadline);
    Dense.symmetrise(slope);
    return slope;
  }

  private static double[][] image(
      SparseRows rows, int count, double[][] vectors, int columns, Deadline deadline) {
    return rows.padded(count).times(vectors, columns, deadline);
  }

  private static double[][] sum(double[][] a, double factor, double[][] b, double other) {
    double[][] sum = new double[a.length][];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = new double[a[k].length];
      Dense.addScaled(sum[k], a[k], factor);
      Dense.addScaled(sum[k], b[k], other);
    }
    return sum;
  }

  /** The number r of vectors. */
  int size() {
    return constant.length;
  }

  /**
   * The same in other units.
   *
   * @param rho what 1 stands for
   * @param lambda what 1 stands for, one for each multiplier
   */
  MatrixCut inUnits(double rho, double[] lambda) {
    List<double[][]> scaled = new ArrayList<>();
    for (int i = 0; i < lambda.length; i++) {
      scaled.add(scaled(slopes.get(i), lambda[i] / rho));
    }
    return new MatrixCut(input, scaled(constant, 1 / rho), scaled);
  }

  private static double[][] scaled(double[][] matrix, double factor) {
    double[][] scaled = new double[matrix.length][matrix.length];
    for (int k = 0; k < matrix.length; k++) {
      Dense.addScaled(scaled[k], matrix[k], factor);
    }
    return scaled;
  }

  /** {@code rho G - M_0 - sum_i lambda_i M_i}. */
  double[][] slack(double rho, double[] lambda) {
    double[][] slack = scaled(constant, -1);
    for (int k = 0; k < slack.length; k++) {
      Dense.addScaled(slack[k], input[k], rho);
      for (int i = 0; i < lambda.length; i++) {
        Dense.addScaled(slack[k], slopes.get(i)[k], -lambda[i]);
      }
    }
    return slack;
  }
}
