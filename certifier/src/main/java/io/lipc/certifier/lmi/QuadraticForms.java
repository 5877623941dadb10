package io.lipc.certifier.lmi;

import io.lipc.certifier.lmi.MatrixInequality.Constraint;
import io.lipc.linalg.BlockSum;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The matrices Q_i of a matrix inequality, by their pairs of linear forms: {@code Q_i = sum over
 * pairs k of i of U_k K_k U_k'} with {@code U_k = [z_k w_k]}, N x 2. No Q_i is ever written out.
 */
final class QuadraticForms {

  private final int size;
  private final int count;
  private final SparseRows z;
  private final SparseRows w;

  /** The entries of K, by pair. */
  private final double[] zz;

  private final double[] zw;
  private final double[] ww;

  /** The constraint of each pair. */
  private final int[] owner;

  private QuadraticForms(MatrixInequality inequality, double[] columns, double[] factors) {
    List<Constraint> constraints = inequality.constraints();
    int pairs = constraints.stream().mapToInt(Constraint::pairs).sum();
    this.size = inequality.size();
    this.count = constraints.size();
    this.zz = new double[pairs];
    this.zw = new double[pairs];
    this.ww = new double[pairs];
    this.owner = new int[pairs];
    List<SparseRows> left = new ArrayList<>();
    List<SparseRows> right = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      Constraint constraint = constraints.get(i);
      left.add(constraint.z().padded(constraint.pairs()));
      right.add(constraint.w().padded(constraint.pairs()));
      for (int k = 0; k < constraint.pairs(); k++) {
        zz[at] = factors[i] * constraint.zz();
        zw[at] = factors[i] * constraint.zw();
        ww[at] = factors[i] * constraint.ww();
        owner[at++] = i;
      }
    }
    this.z = SparseRows.stack(left).scaledColumns(columns);
    this.w = SparseRows.stack(right).scaledColumns(columns);
  }

  /** {@code factors_i D Q_i D} for all i, with D the diagonal matrix of {@code columns}. */
  static QuadraticForms of(MatrixInequality inequality, double[] columns, double[] factors) {
    return new QuadraticForms(inequality, columns, factors);
  }

  /** {@code sum_i factors_i Q_i}, N x N. */
  double[][] sum(double[] factors, Deadline deadline) {
    double[][] sum = Dense.zeros(size, size);
    for (int k = 0; k < owner.length; k++) {
      deadline.check();
      double factor = factors[owner[k]];
      z.addOuterProduct(sum, k, z, factor * zz[k]);
      w.addOuterProduct(sum, k, w, factor * ww[k]);
      if (zw[k] != 0) {
        z.addOuterProduct(sum, k, w, factor * zw[k]);
        w.addOuterProduct(sum, k, z, factor * zw[k]);
      }
    }
    return sum;
  }

  /** Adds {@code sum_i factors_i Q_i}. */
  void addTo(BlockSum sum, double[] factors, Deadline deadline) {
    for (int k = 0; k < owner.length; k++) {
      deadline.check();
      double factor = factors[owner[k]];
      if (zz[k] != 0) {
        sum.add(z, z, k, factor * zz[k] / 2);
      }
      if (ww[k] != 0) {
        sum.add(w, w, k, factor * ww[k] / 2);
      }
      if (zw[k] != 0) {
        sum.add(z, w, k, factor * zw[k]);
      }
    }
  }

  /** {@code tr(Q_i A)} for all i; A is symmetric. */
  double[] traces(double[][] a, Deadline deadline) {
    double[] ofPairs = new double[owner.length];
    IntStream.range(0, owner.length)
        .parallel()
        .forEach(
            k -> {
              deadline.check();
              ofPairs[k] =
                  (zz[k] == 0 ? 0 : zz[k] * z.form(k, a, z))
                      + (zw[k] == 0 ? 0 : 2 * zw[k] * w.form(k, a, z))
                      + (ww[k] == 0 ? 0 : ww[k] * w.form(k, a, w));
            });
    return sums(ofPairs);
  }

  private double[] sums(double[] ofPairs) {
    double[] sums = new double[count];
    for (int k = 0; k < owner.length; k++) {
      sums[owner[k]] += ofPairs[k];
    }
    return sums;
  }

  /**
   * {@code tr(Q_i A F B)} for all i, with F diagonal; A and B are symmetric.
   *
   * @param f the diagonal of F, as far as it is not zero
   */
  @SuppressWarnings("ReferenceEquality") // One array given twice saves products; equal ones do not.
  double[] tracesBetween(double[][] a, double[] f, double[][] b, Deadline deadline) {
    double[][] za = z.times(a, f.length, deadline);
    double[][] wa = w.times(a, f.length, deadline);
    double[][] zb = a == b ? za : z.times(b, f.length, deadline);
    double[][] wb = a == b ? wa : w.times(b, f.length, deadline);
    double[] ofPairs = new double[owner.length];
    for (int k = 0; k < owner.length; k++) {
      for (int c = 0; c < f.length; c++) {
        double left = zz[k] * za[k][c] + zw[k] * wa[k][c];
        double right = zw[k] * za[k][c] + ww[k] * wa[k][c];
        ofPairs[k] += f[c] * (left * zb[k][c] + right * wb[k][c]);
      }
    }
    return sums(ofPairs);
  }

  /** The inner products {@code U_k' A U_l}, by position in the 2 x 2 block. */
  private record Products(double[][] zz, double[][] zw, double[][] wz, double[][] ww) {}

  private Products products(double[][] a, Deadline deadline) {
    int pairs = owner.length;
    double[][] az = Dense.transpose(z.times(a, size, deadline));
    double[][] aw = Dense.transpose(w.times(a, size, deadline));
    if (pairs == 0) {
      return new Products(az, az, az, az);
    }
    double[][] cross = w.times(az, pairs, deadline);
    return new Products(
        z.times(az, pairs, deadline), Dense.transpose(cross), cross, w.times(aw, pairs, deadline));
  }

  /**
   * {@code tr(Q_i A Q_j B)} for all i and j; A and B are symmetric.
   *
   * <p>For pairs k and l that is {@code tr(K_k (U_k' A U_l) K_l (U_l' B U_k))}; constraints of
   * several pairs add up rows and columns.
   */
  @SuppressWarnings("ReferenceEquality") // One array given twice saves products; equal ones do not.
  double[][] traces(double[][] a, double[][] b, Deadline deadline) {
    Products left = products(a, deadline);
    Products right = a == b ? left : products(b, deadline);
    double[][] ofPairs = new double[owner.length][];
    IntStream.range(0, owner.length)
        .parallel()
        .forEach(
            k -> {
              deadline.check();
              double[] row = new double[owner.length];
              traces(row, k, left, right);
              ofPairs[k] = sums(row);
            });
    double[][] traces = Dense.zeros(count, count);
    for (int k = 0; k < owner.length; k++) {
      Dense.addScaled(traces[owner[k]], ofPairs[k], 1);
    }
    return traces;
  }

  private void traces(double[] row, int k, Products left, Products right) {
    double k11 = zz[k];
    double k12 = zw[k];
    double k22 = ww[k];
    double[] azz = left.zz[k];
    double[] azw = left.zw[k];
    double[] awz = left.wz[k];
    double[] aww = left.ww[k];
    double[] bzz = right.zz[k];
    double[] bzw = right.zw[k];
    double[] bwz = right.wz[k];
    double[] bww = right.ww[k];
    for (int l = 0; l < row.length; l++) {
      // K_k A_kl, row by row, times the columns of K_l B_lk, where B_lk is B_kl transposed.
      row[l] =
          (k11 * azz[l] + k12 * awz[l]) * (zz[l] * bzz[l] + zw[l] * bzw[l])
              + (k11 * azw[l] + k12 * aww[l]) * (zw[l] * bzz[l] + ww[l] * bzw[l])
              + (k12 * azz[l] + k22 * awz[l]) * (zz[l] * bwz[l] + zw[l] * bww[l])
              + (k12 * azw[l] + k22 * aww[l]) * (zw[l] * bwz[l] + ww[l] * bww[l]);
    }
  }
}
