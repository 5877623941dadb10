package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;
import io.lipc.linalg.Inverse;
import io.lipc.linalg.MatrixProduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The Cayley transform for matrices of orthonormal columns: of a square X, and of a Y of as many
 * columns, which may be absent,
 *
 * <pre>
 * A = X - X' + Y'Y,  R = (I + A)^-1,  Q = [2 R - I; -2 Y R].
 * </pre>
 *
 * {@code Q'Q = R' ((2 I - (I + A)') (2 I - (I + A)) + 4 Y'Y) R = R' ((I - A)' (I - A) + 4 Y'Y) R},
 * and {@code (I + A)' (I + A) - (I - A)' (I - A) = 2 (A + A') = 4 Y'Y}: so {@code Q'Q = I},
 * whatever X and Y are. The symmetric part of {@code I + A} is at least I, hence {@code ||R|| <=
 * 1}: the inverse exists, and its conditioning is that of A alone.
 */
final class CayleyTransform {

  private CayleyTransform() {}

  /** Q; empty where elimination meets a pivot that is zero or not finite. */
  static Optional<double[][]> of(List<double[][]> operands) {
    double[][] x = operands.getFirst();
    double[][] shifted = skewed(x, -1);
    for (double[][] y : tail(operands)) {
      shifted = Entries.sum(shifted, MatrixProduct.product(MatrixProduct.transpose(y), y));
    }
    for (int i = 0; i < shifted.length; i++) {
      shifted[i][i] += 1;
    }
    return Inverse.of(shifted).map(r -> stacked(r, tail(operands)));
  }

  /** Y, where there is one. */
  private static List<double[][]> tail(List<double[][]> operands) {
    return operands.subList(1, operands.size());
  }

  /** {@code X + sign X'}. */
  private static double[][] skewed(double[][] x, double sign) {
    return Entries.sum(x, Entries.scaled(MatrixProduct.transpose(x), sign));
  }

  private static double[][] stacked(double[][] r, List<double[][]> tail) {
    List<double[]> rows = new ArrayList<>(List.of(Entries.scaled(r, 2)));
    for (int i = 0; i < r.length; i++) {
      rows.get(i)[i] -= 1;
    }
    for (double[][] y : tail) {
      rows.addAll(List.of(Entries.scaled(MatrixProduct.product(y, r), -2)));
    }
    return rows.toArray(double[][]::new);
  }

  /**
   * The adjoints of X and Y. With G and H those of the two parts of Q, that of R is {@code 2 G - 2
   * Y'H}, {@code dR = -R dA R} makes that of A {@code -R' Rbar R'}, and {@code dA = dX - dX' + dY'Y
   * + Y'dY}.
   *
   * @param value Q, whose upper part says what R is
   */
  static List<double[][]> pullBack(
      List<double[][]> operands, double[][] value, double[][] adjoint) {
    int n = operands.getFirst().length;
    double[][] transposed = MatrixProduct.transpose(inverse(value, n));
    double[][] ofInverse = Entries.scaled(rows(adjoint, 0, n), 2);
    for (double[][] y : tail(operands)) {
      double[][] lower = rows(adjoint, n, adjoint.length);
      double[][] part = MatrixProduct.product(MatrixProduct.transpose(y), lower);
      ofInverse = Entries.sum(ofInverse, Entries.scaled(part, -2));
    }
    double[][] product =
        MatrixProduct.product(MatrixProduct.product(transposed, ofInverse), transposed);
    double[][] ofA = Entries.scaled(product, -1);
    List<double[][]> adjoints = new ArrayList<>();
    adjoints.add(skewed(ofA, -1));
    double[][] symmetric = ofA;
    Entries.addTransposed(symmetric);
    for (double[][] y : tail(operands)) {
      double[][] lower = rows(adjoint, n, adjoint.length);
      double[][] direct = Entries.scaled(MatrixProduct.product(lower, transposed), -2);
      adjoints.add(Entries.sum(direct, MatrixProduct.product(y, symmetric)));
    }
    return adjoints;
  }

  private static double[][] inverse(double[][] value, int n) {
    double[][] r = Entries.scaled(rows(value, 0, n), 0.5);
    for (int i = 0; i < n; i++) {
      r[i][i] += 0.5;
    }
    return r;
  }

  private static double[][] rows(double[][] matrix, int from, int to) {
    return Arrays.copyOfRange(matrix, from, to);
  }
}
