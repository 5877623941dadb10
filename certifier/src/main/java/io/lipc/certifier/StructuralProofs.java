package io.lipc.certifier;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Weights;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.UpperBound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Certificates of networks whose weights a construction makes: only hypotheses are to be met. */
final class StructuralProofs {

  private StructuralProofs() {}

  /** The declared bound, for all weights that the construction makes for it. */
  static Certification.OfBound certify(Network network) {
    Certificate certificate =
        new Certificate(
            network.name(),
            network.precision(),
            UnitLists.claimOf(network.lipschitz()),
            Method.LDLT_CONSTRUCTION.word(),
            UnitLists.of(network, Map.of()),
            new Grounds.LdltConstruction());
    Subject subject =
        new Subject(
            certificate, CertificateText.digest(certificate), Weights.of(List.of()), Map.of());
    return switch (CertificateChecker.check(subject)) {
      case Verdict.Accepted _ -> {
        UpperBound upper = new UpperBound(certificate.lipschitz().bound());
        yield new Certification.Certified(
            subject, upper, Evidence.ofProof(Method.LDLT_CONSTRUCTION, upper));
      }
      case Verdict.Rejected rejected ->
          new Certification.Inconclusive(Optional.empty(), failed(rejected.detail()));
    };
  }

  private static Evidence failed(String reason) {
    return new Evidence(
        List.of(
            new MethodReport(
                Method.LDLT_CONSTRUCTION,
                Calls.BOUNDED,
                Optional.empty(),
                0,
                OptionalDouble.empty(),
                Optional.of(reason))),
        new LowerBound(0),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
