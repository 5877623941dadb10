package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;
import io.lipc.linalg.Triangular;
import io.lipc.linalg.Workspace;

/**
 * The adjoint of A for {@code L L' = A}, as the gradient among symmetric matrices: with {@code dA =
 * dL L' + L dL'}, {@code L^-1 dL} is the lower triangle of {@code L^-1 dA L^-T} with its diagonal
 * halved, so {@code S = L^-T Phi(L' Lbar) L^-1} and {@code Abar = (S + S') / 2}, where Phi takes
 * that triangle (Murray, Differentiation of the Cholesky decomposition, 2016, eq. 10).
 */
final class CholeskyAdjoint {

  private CholeskyAdjoint() {}

  /** {@code Abar}. */
  static double[][] of(double[][] lower, double[][] adjoint, Workspace workspace) {
    double[][] twice = twice(lower, adjoint, workspace);
    Entries.scale(twice, 0.5);
    return twice;
  }

  /** {@code 2 Abar}. */
  static double[][] twice(double[][] lower, double[][] adjoint, Workspace workspace) {
    double[][] phi = Triangular.lowerOfTransposedProduct(lower, adjoint, workspace);
    for (int i = 0; i < phi.length; i++) {
      phi[i][i] /= 2;
    }
    double[][] transposed = Triangular.congruenceOfTransposed(lower, phi, workspace);
    Entries.addTransposed(transposed);
    return transposed;
  }
}
