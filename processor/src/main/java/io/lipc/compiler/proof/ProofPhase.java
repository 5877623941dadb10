package io.lipc.compiler.proof;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.Method;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.library.Callee;
import io.lipc.compiler.library.CompilerVersion;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.NetworkScope;
import io.lipc.compiler.library.Origin;
import io.lipc.compiler.reading.Request;
import io.lipc.compiler.reading.WeightsPhase;
import io.lipc.formats.Digest;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Signature;
import io.lipc.model.UpperBound;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ProofDiagnostics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Two phases that belong together: a proof is searched, and then checked by who did not search. */
public final class ProofPhase {

  private final Search search;
  private final Counterexamples counterexamples;
  private final CertificateCache cache;

  public ProofPhase(Search search, Counterexamples counterexamples, CertificateCache cache) {
    this.search = search;
    this.counterexamples = counterexamples;
    this.cache = cache;
  }

  /** The search that it asks. */
  public Search search() {
    return search;
  }

  /**
   * Proves what one network claims, whose callees were proved before: its bound, where it asks for
   * one, and all else; refused if that fails.
   */
  public Examination prove(Request request, WeightsPhase.Weighted weighted, NetworkScope scope) {
    return switch (proveFirst(request, weighted, scope)) {
      case Examination.Refused refused -> refused;
      case Examination.Proved proved -> new ClaimProofs(search, cache).added(proved, weighted);
    };
  }

  private Examination proveFirst(
      Request request, WeightsPhase.Weighted weighted, NetworkScope scope) {
    Network network = weighted.checked().network();
    Map<String, Callee> callees = callees(network, scope);
    Map<String, Subject> subjects = new TreeMap<>();
    callees.forEach((name, callee) -> subjects.put(name, callee.subject()));
    List<Finding> distrust = checkForeign(subjects, scope);
    if (!distrust.isEmpty()) {
      return Examination.Refused.because(network.name(), distrust);
    }
    List<Finding> lengths =
        LengthProofs.notProved(
            request.declaration(),
            weighted.checked(),
            units(network, subjects),
            weighted.weights(),
            subjects);
    if (!lengths.isEmpty()) {
      return Examination.Refused.because(network.name(), lengths);
    }
    return switch (network.first()) {
      case Property.Lipschitz bound -> proveBound(request, weighted, bound, callees, subjects);
      case Property.Further first -> proveAlone(request, weighted, first, callees, subjects);
    };
  }

  /** Its own certificate is that of its first claim: there is no bound to prove. */
  private Examination proveAlone(
      Request request,
      WeightsPhase.Weighted weighted,
      Property.Further first,
      Map<String, Callee> callees,
      Map<String, Subject> subjects) {
    Network network = weighted.checked().network();
    Subject alone =
        FurtherSearch.alone(first, network, units(network, subjects), weighted.weights(), subjects);
    Subject claimed = search.further(first, alone).orElse(alone);
    String text = CertificateText.write(claimed.certificate());
    return switch (Trial.again(text, claimed)) {
      case Verdict.Rejected rejected ->
          Examination.Refused.because(
              network.name(),
              List.of(ClaimProofs.notProved(network.name(), first, claimed, rejected)));
      case Verdict.Accepted _ ->
          new Examination.Proved(
              weighted.checked(),
              new Certification.WithoutBound(claimed),
              text,
              callee(request, weighted, claimed, callees),
              List.of(),
              Optional.empty(),
              List.of());
    };
  }

  private Examination proveBound(
      Request request,
      WeightsPhase.Weighted weighted,
      Property.Lipschitz bound,
      Map<String, Callee> callees,
      Map<String, Subject> subjects) {
    Network network = weighted.checked().network();
    Trial trial =
        new Trial(
            network.name(),
            UnitLists.claimOf(bound),
            network.hasFreeWeights(),
            network.precision(),
            units(network, subjects),
            weighted.weights(),
            subjects);
    Optional<Trial.Outcome> carried = weighted.carried().map(trial::ofCarried);
    return carried
        .flatMap(Trial.Outcome::success)
        .map(known -> proved(request, weighted, known, callees, Optional.empty()))
        .or(() -> cached(request, weighted, trial, callees))
        .orElseGet(() -> search(request, weighted, trial, callees, carried));
  }

  /** A certificate of an earlier build; one that fails is as good as none. */
  private Optional<Examination> cached(
      Request request, WeightsPhase.Weighted weighted, Trial trial, Map<String, Callee> callees) {
    Network network = weighted.checked().network();
    if (network.hasFreeWeights()) {
      return Optional.empty();
    }
    Optional<CertificateCache.Kept> kept = cache.find(question(network, trial));
    return kept.map(CertificateCache.Kept::certificate)
        .map(trial::ofCarried)
        .flatMap(Trial.Outcome::success)
        .map(
            known ->
                proved(
                    request, weighted, known, callees, kept.map(CertificateCache.Kept::written)));
  }

  private Digest question(Network network, Trial trial) {
    return CertificateCache.question(network, trial, search.settings());
  }

  private Examination search(
      Request request,
      WeightsPhase.Weighted weighted,
      Trial trial,
      Map<String, Callee> callees,
      Optional<Trial.Outcome> carried) {
    Network network = weighted.checked().network();
    Certification.OfBound certification =
        search.certify(network, weighted.weights(), trial.callees());
    return switch (certification) {
      case Certification.Certified certified -> check(request, weighted, trial, certified, callees);
      case Certification.Inconclusive inconclusive ->
          refuse(
              certification,
              weighted,
              composition(weighted.checked(), trial.callees())
                  .orElseGet(
                      () ->
                          NotProved.inconclusive(
                              weighted.checked(),
                              inconclusive.evidence(),
                              carried.flatMap(Trial.Outcome::failure))));
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

  /** A certificate that was known beforehand and has passed its trial needs no search. */
  private Examination proved(
      Request request,
      WeightsPhase.Weighted weighted,
      Trial.Outcome.Passed known,
      Map<String, Callee> callees,
      Optional<Instant> cached) {
    Certificate certificate = known.subject().certificate();
    UpperBound upper = new UpperBound(certificate.lipschitz().bound());
    Certification certification =
        new Certification.Certified(
            known.subject(),
            upper,
            Certification.Evidence.ofProof(Method.GIVEN_MULTIPLIERS, upper));
    return new Examination.Proved(
        weighted.checked(),
        certification,
        CertificateText.write(certificate),
        callee(request, weighted, known.subject(), callees),
        List.of(),
        cached,
        List.of());
  }

  /** Tries the text of the result, and uses no other statement of the search about it. */
  private Examination check(
      Request request,
      WeightsPhase.Weighted weighted,
      Trial trial,
      Certification.Certified certified,
      Map<String, Callee> callees) {
    String text = CertificateText.write(certified.subject().certificate());
    return switch (trial.of(text)) {
      case Trial.Outcome.Failed failed -> refuse(certified, weighted, distrusted(failed.reason()));
      case Trial.Outcome.Passed passed -> {
        Network network = weighted.checked().network();
        if (!network.hasFreeWeights()) {
          cache.keep(question(network, trial), text);
        }
        yield new Examination.Proved(
            weighted.checked(),
            certified,
            text,
            callee(request, weighted, passed.subject(), callees),
            List.of(),
            Optional.empty(),
            List.of());
      }
    };
  }

  private static Optional<Finding> composition(
      CheckedNetwork checked, Map<String, Subject> callees) {
    return Composition.is(checked.network(), callees)
        ? Composition.exceeds(checked, callees)
        : Optional.empty();
  }

  /** Checks the networks of jars, whose claims are trusted no more than those of our own search. */
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

  private List<Unit> units(Network network, Map<String, Subject> callees) {
    List<Unit> units = new ArrayList<>(UnitLists.of(network, callees));
    List<Integer> outputs = search.outputs(network);
    if (!outputs.isEmpty()) {
      units.add(Unit.select(units.size() - 1, outputs));
    }
    return units;
  }

  private static Finding distrusted(String reason) {
    return new Finding(
        new Place.OfBound(),
        ProofDiagnostics.internalFault(
            "check the certificate",
            new IllegalStateException("the certificate that was found cannot be used: " + reason)));
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

  private Callee callee(
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
            network.name() + "Network",
            request.declaredBy(),
            weighted.resource(),
            loadsAlone,
            CompilerVersion.word(),
            network.further().stream().map(Property::word).toList(),
            search.isForLeast(),
            request.files());
    Map<String, Signature> called = new TreeMap<>();
    callees.forEach((name, callee) -> called.put(name, callee.signature()));
    return new Callee(Signature.of(network, called), subject, origin);
  }
}
