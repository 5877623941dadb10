package io.lipc.compiler;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.checker.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.UnitLists;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Finding;
import io.lipc.model.Layer;
import io.lipc.model.LipschitzSpec;
import io.lipc.model.Network;
import io.lipc.model.Place;
import io.lipc.model.ProofDiagnostics;
import io.lipc.model.Signature;
import io.lipc.model.UpperBound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Two phases that belong together: a proof is searched, and then checked by who did not search. */
final class ProofPhase {

  private final Search search;
  private final Counterexamples counterexamples;

  ProofPhase(Search search, Counterexamples counterexamples) {
    this.search = search;
    this.counterexamples = counterexamples;
  }

  Examination prove(Request request, WeightsPhase.Weighted weighted, NetworkScope scope) {
    Network network = weighted.checked().network();
    Map<String, Callee> callees = callees(network, scope);
    Map<String, Subject> subjects = new TreeMap<>();
    callees.forEach((name, callee) -> subjects.put(name, callee.subject()));
    List<Finding> distrust = checkForeign(subjects, scope);
    if (!distrust.isEmpty()) {
      return Examination.Refused.because(network.name(), distrust);
    }
    Certification certification =
        carried(weighted, subjects)
            .orElseGet(() -> search.certify(network, weighted.weights(), subjects));
    return switch (certification) {
      case Certification.Certified certified -> {
        String text = CertificateText.write(certified.subject().certificate());
        yield switch (check(text, weighted, subjects)) {
          case Phase.Failed<Subject> failed ->
              new Examination.Refused(
                  network.name(), failed.findings(), Optional.of(certification));
          case Phase.Done<Subject> done ->
              new Examination.Proved(
                  weighted.checked(),
                  certification,
                  text,
                  callee(request, weighted, done.value(), callees));
        };
      }
      case Certification.Inconclusive inconclusive ->
          refuse(
              certification,
              weighted,
              composition(weighted.checked(), subjects)
                  .orElseGet(
                      () -> NotProved.inconclusive(weighted.checked(), inconclusive.evidence())));
      case Certification.Violated violated ->
          refuse(
              certification,
              weighted,
              NotProved.violated(
                  weighted.checked(),
                  violated,
                  counterexamples.write(network.name(), PairText.json(network, violated))));
    };
  }

  /** The certificate that trained weights carry, if it proves the bound that is declared now. */
  private Optional<Certification> carried(
      WeightsPhase.Weighted weighted, Map<String, Subject> callees) {
    LipschitzSpec spec = weighted.checked().network().spec();
    return weighted
        .carried()
        .filter(certificate -> certificate.bound() <= spec.bound())
        .map(certificate -> certificate.declaring(spec.bound()))
        .map(CertificateText::write)
        .flatMap(text -> check(text, weighted, callees).result())
        .map(
            subject -> {
              UpperBound upper = new UpperBound(subject.certificate().bound());
              return new Certification.Certified(
                  subject, upper, Certification.Evidence.ofProof(Method.GIVEN_MULTIPLIERS, upper));
            });
  }

  private static Optional<Finding> composition(
      CheckedNetwork checked, Map<String, Subject> callees) {
    return Composition.is(checked.network(), callees)
        ? Composition.exceeds(checked, callees)
        : Optional.empty();
  }

  /** What a jar claims of its networks is believed no more than what our own search claims. */
  private static List<Finding> checkForeign(Map<String, Subject> callees, NetworkScope scope) {
    List<Finding> findings = new ArrayList<>();
    callees.forEach(
        (name, subject) -> {
          if (scope.isForeign(name)
              && CertificateChecker.check(subject) instanceof Verdict.Rejected rejected) {
            String reason = rejected.reason().words() + ": " + rejected.detail();
            findings.add(
                new Finding(new Place.OfBound(), ProofDiagnostics.calleeNotAccepted(name, reason)));
          }
        });
    return findings;
  }

  private static Examination refuse(
      Certification certification, WeightsPhase.Weighted weighted, Finding finding) {
    return new Examination.Refused(
        weighted.checked().network().name(), List.of(finding), Optional.of(certification));
  }

  /**
   * Checks what is going to be shipped: the text, read again, with the weights as they were read.
   * Nothing that the search says about its own result is used, and the units have to be those of
   * the network: a proof about another one would be worth nothing.
   */
  private Phase<Subject> check(
      String text, WeightsPhase.Weighted weighted, Map<String, Subject> callees) {
    Network network = weighted.checked().network();
    try {
      Certificate certificate = CertificateText.read(text);
      Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
      Subject subject = new Subject(certificate, digest, weighted.weights(), callees);
      Verdict verdict = CertificateChecker.check(subject);
      if (verdict instanceof Verdict.Accepted accepted
          && accepted.bound() <= network.spec().bound()
          && certificate.norms().equals(UnitLists.normsOf(network.spec()))
          && certificate.network().equals(network.name())
          && certificate.units().equals(units(network, callees))) {
        return Phase.done(subject);
      }
      return distrusted("the checker says: " + verdict);
    } catch (FormatException e) {
      return distrusted("the certificate cannot be read back: " + e.getMessage());
    }
  }

  private List<Unit> units(Network network, Map<String, Subject> callees) {
    List<Unit> units = new ArrayList<>(UnitLists.of(network, callees));
    List<Integer> outputs = search.outputs(network);
    if (!outputs.isEmpty()) {
      units.add(new Unit.Select(units.size() - 1, outputs));
    }
    return units;
  }

  private static Phase<Subject> distrusted(String reason) {
    return Phase.failed(
        new Finding(
            new Place.OfBound(),
            ProofDiagnostics.internalFault(
                "check the certificate", new IllegalStateException(reason))));
  }

  private static Map<String, Callee> callees(Network network, NetworkScope scope) {
    Map<String, Callee> callees = new TreeMap<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Call call) {
        callees.put(call.network(), scope.find(call.network()).orElseThrow());
      }
    }
    return callees;
  }

  private static Callee callee(
      Request request,
      WeightsPhase.Weighted weighted,
      Subject subject,
      Map<String, Callee> callees) {
    Network network = weighted.checked().network();
    boolean ownWeights =
        weighted.resource().isPresent()
            || (network.weightsFile().isEmpty() && !network.hasFreeWeights());
    boolean loadsAlone =
        ownWeights && callees.values().stream().allMatch(callee -> callee.origin().loadsAlone());
    Origin origin =
        new Origin(
            network.name() + "Network", request.declaredBy(), weighted.resource(), loadsAlone);
    return new Callee(Signature.of(network), subject, origin);
  }
}
