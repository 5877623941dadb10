package io.lipc.certifier.lmi;

import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import java.util.Arrays;
import java.util.Optional;

/**
 * A positive definite system of equations. Its diagonal may span many orders of magnitude, as near
 * the end of an interior-point method: scaled to ones, it still factors.
 *
 * @param scale D such that {@code D O D} has a diagonal of ones, O the matrix
 * @param factor the factor of that
 */
record NormalEquations(double[] scale, Cholesky factor) {

  /**
   * Factors a system.
   *
   * @param matrix symmetric; it is overwritten
   * @return empty if it has no factor in doubles
   */
  static Optional<NormalEquations> of(double[][] matrix, Deadline deadline) {
    double[] scale = new double[matrix.length];
    Arrays.setAll(scale, i -> 1 / Math.sqrt(matrix[i][i]));
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        matrix[i][j] *= scale[i] * scale[j];
      }
    }
    return Cholesky.of(matrix, deadline).map(factor -> new NormalEquations(scale, factor));
  }

  /** {@code O^-1 right}. */
  double[] solve(double[] right) {
    return scaled(factor.solve(scaled(right)));
  }

  private double[] scaled(double[] vector) {
    double[] scaled = new double[vector.length];
    Arrays.setAll(scaled, i -> scale[i] * vector[i]);
    return scaled;
  }
}
