package io.lipc.certifier.problem;

import io.lipc.certificate.PositivityWitness;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Witnesses of positivity, computed in doubles; whether they convince is up to the checker. */
public final class Witnesses {

  /** Elimination over the integers takes a fraction of a second up to here. */
  public static final int MAX_EXACT = 40;

  /** An exact congruence takes about a second up to here. */
  public static final int MAX_CONGRUENCE = 300;

  /** The checker's limit for a factorisation in doubles. */
  public static final int MAX_CHOLESKY = 4096;

  private static final int[] FRACTION_BITS = {12, 20, 30};

  private Witnesses() {}

  /**
   * Witnesses to try for a matrix, the most convincing first.
   *
   * @param matrix equilibrated, as the checker sees it
   * @param counted whether all checkers count as many rows, so that a congruence fits
   */
  static List<PositivityWitness> of(double[][] matrix, boolean counted, Deadline deadline) {
    List<PositivityWitness> witnesses = new ArrayList<>();
    int size = matrix.length;
    if (counted && size > 0 && size <= MAX_CONGRUENCE) {
      congruence(matrix, deadline).ifPresent(witnesses::add);
    }
    if (size <= MAX_EXACT) {
      witnesses.add(new PositivityWitness.ExactElimination());
    }
    // Where exact numbers would be too long, it is the last one of small matrices too.
    if (size > 0 && size <= MAX_CHOLESKY) {
      witnesses.add(new PositivityWitness.VerifiedCholesky());
    }
    return witnesses;
  }

  /** The inverse of the Cholesky factor, cut to few bits such that the product is dominant. */
  public static Optional<PositivityWitness> congruence(double[][] matrix, Deadline deadline) {
    return Cholesky.of(matrix, deadline)
        .flatMap(
            factor -> {
              double[][] inverse = factor.inverseTransposed(deadline);
              for (int bits : FRACTION_BITS) {
                double[][] cut = cut(inverse, bits);
                if (isDominant(congruent(cut, matrix, deadline))) {
                  return Optional.of(new PositivityWitness.Congruence(integers(cut)));
                }
              }
              return Optional.empty();
            });
  }

  private static double[][] cut(double[][] lower, int bits) {
    double[][] cut = new double[lower.length][lower.length];
    for (int i = 0; i < lower.length; i++) {
      for (int j = 0; j <= i; j++) {
        cut[i][j] = Math.rint(Math.scalb(lower[i][j], bits));
      }
    }
    return cut;
  }

  /** {@code M B M'}. */
  private static double[][] congruent(double[][] m, double[][] b, Deadline deadline) {
    return Dense.product(Dense.product(m, b, deadline), Dense.transpose(m), deadline);
  }

  private static boolean isDominant(double[][] t) {
    for (int i = 0; i < t.length; i++) {
      double beside = -Math.abs(t[i][i]);
      for (double entry : t[i]) {
        beside += Math.abs(entry);
      }
      if (!(t[i][i] > beside * (1 + 1e-6))) {
        return false;
      }
    }
    return true;
  }

  private static List<List<Long>> integers(double[][] lower) {
    List<List<Long>> rows = new ArrayList<>(lower.length);
    for (int i = 0; i < lower.length; i++) {
      List<Long> row = new ArrayList<>(i + 1);
      for (int j = 0; j <= i; j++) {
        row.add((long) lower[i][j]);
      }
      rows.add(row);
    }
    return rows;
  }
}
