package io.lipc.training.parameterization;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.ElementType;
import io.lipc.formats.Weights;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates with the multipliers of a construction, for the checker to decide. */
final class Claims {

  private static final int MAX_ELIMINATION = 40;

  private Claims() {}

  /** Whether {@code S(bound^2, multipliers) >= 0} for the weights as stored, decided exactly. */
  static boolean holds(Nets net, Materialized weights, ElementType type, double bound) {
    return holds(net, net.weights(weights, type), weights.multipliers(), type, bound);
  }

  static boolean holds(
      Nets net, Weights weights, List<double[]> multipliers, ElementType type, double bound) {
    List<Unit> units = UnitLists.of(net.network(type), Map.of());
    List<Proof.Multiplier> slopes = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i) instanceof Unit.Activation) {
        List<Double> values = Arrays.stream(multipliers.get(slopes.size())).boxed().toList();
        slopes.add(new Proof.Multiplier(i, Proof.Constraint.SLOPE, values));
      }
    }
    PositivityWitness unknown = new PositivityWitness.ExactElimination();
    Subject subject = subject(units, weights, slopes, type, bound, unknown);
    double[][] matrix;
    try {
      matrix = ProofMatrix.main(subject, () -> {});
    } catch (IllegalArgumentException notPositive) {
      return accepts(subject);
    }
    Optional<PositivityWitness> congruence = congruence(matrix);
    if (congruence.isPresent()
        && accepts(subject(units, weights, slopes, type, bound, congruence.get()))) {
      return true;
    }
    if (matrix.length > MAX_ELIMINATION) {
      return accepts(
          subject(units, weights, slopes, type, bound, new PositivityWitness.VerifiedCholesky()));
    }
    return accepts(subject);
  }

  private static Subject subject(
      List<Unit> units,
      Weights weights,
      List<Proof.Multiplier> multipliers,
      ElementType type,
      double bound,
      PositivityWitness witness) {
    Certificate certificate =
        new Certificate(
            "test.Net",
            type,
            new Claim.Lipschitz(Norms.EUCLIDEAN, bound),
            "construction",
            units,
            new Grounds.GivenWeights(
                UnitLists.tensors(units, weights),
                new Proof(List.of(), List.of(), multipliers, witness)));
    return new Subject(certificate, CertificateText.digest(certificate), weights, Map.of());
  }

  private static boolean accepts(Subject subject) {
    return CertificateChecker.check(subject) instanceof Verdict.Accepted;
  }

  private static Optional<PositivityWitness> congruence(double[][] matrix) {
    return Cholesky.of(matrix, Deadline.NONE)
        .map(
            factor -> {
              List<List<Long>> rows = new ArrayList<>();
              double[][] inverse = factor.inverseTransposed(Deadline.NONE);
              for (int i = 0; i < matrix.length; i++) {
                List<Long> row = new ArrayList<>();
                for (int j = 0; j <= i; j++) {
                  row.add(Math.round(Math.scalb(inverse[i][j], 30)));
                }
                rows.add(row);
              }
              return new PositivityWitness.Congruence(rows);
            });
  }
}
