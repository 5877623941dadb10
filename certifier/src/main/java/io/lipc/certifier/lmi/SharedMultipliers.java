package io.lipc.certifier.lmi;

import io.lipc.certificate.Proof;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.SparseRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The multipliers of a network's own bound, scaled for the difference of two of its outputs: one
 * factorisation serves all pairs.
 *
 * <p>With {@code A = rho P_x - sum_k lambda_k Q_k} and the row y of a difference, {@code theta A -
 * y'y >= 0} holds from {@code theta = y A^-1 y'} on, so that {@code theta rho} is the square of a
 * bound and {@code theta lambda} has its multipliers. No other scaling of these multipliers proves
 * less. {@code A >= Y'Y} says that theta is at most 2.
 *
 * @param rows the inequality of the network, measured from l2 to l2
 * @param lambda positive
 * @param bound with which they prove it
 * @param gram {@code Y A^-1 Y'}, over the outputs
 */
public record SharedMultipliers(
    RowInequality rows, List<Double> lambda, double bound, double[][] gram) {

  public SharedMultipliers {
    lambda = List.copyOf(lambda);
  }

  /**
   * Factorises A.
   *
   * @param multipliers of a proof of {@code bound}, without gains of linear units
   * @return empty if A is not positive definite in doubles
   */
  public static Optional<SharedMultipliers> of(
      RowInequality rows, List<Proof.Multiplier> multipliers, double bound, Deadline deadline) {
    double[] lambda = rows.lambda(multipliers);
    MatrixInequality inequality = rows.inequality();
    SparseRows outputs = inequality.outputs();
    MatrixInequality without =
        new MatrixInequality(
            inequality.size(),
            inequality.inputs(),
            SparseRows.of(new double[0][]),
            inequality.constraints());
    return Cholesky.of(without.matrix(bound * bound, lambda, deadline), deadline)
        .map(
            factor -> {
              double[][] y =
                  outputs.times(Dense.identity(inequality.size()), inequality.size(), deadline);
              double[][] half = Arrays.stream(y).map(factor::forward).toArray(double[][]::new);
              double[][] gram = Dense.product(half, Dense.transpose(half), deadline);
              return new SharedMultipliers(
                  rows, Arrays.stream(lambda).boxed().toList(), bound, gram);
            });
  }

  /** The bound of {@code y_i - y_j} that these multipliers prove, up to rounding, and its own. */
  public OptimalMultipliers.Candidate ofPair(int i, int j) {
    double theta = Math.max(0, gram[i][i] - 2 * gram[i][j] + gram[j][j]);
    double ofPair = bound * Math.sqrt(theta);
    double[] scaled = lambda.stream().mapToDouble(value -> theta * value).toArray();
    return new OptimalMultipliers.Candidate(ofPair, rows.multipliers(scaled, ofPair));
  }
}
