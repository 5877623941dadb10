package io.lipc.tools.report;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.MethodReport;
import io.lipc.certifier.Options;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Network;
import io.lipc.model.WeightsSource;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.page.Answer;
import io.lipc.tools.page.ClassPairs;
import io.lipc.tools.page.NetworkReport;
import io.lipc.tools.page.OutputBound;
import io.lipc.tools.page.PrefixBound;
import io.lipc.tools.page.Samples;
import io.lipc.training.table.Dataset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes the report of a network: checks the certificate, and runs the searches that were not run
 * yet.
 *
 * @param budget of a search
 * @param listener is told how it goes on
 */
record ReportAssembly(Duration budget, SearchListener listener) {

  /**
   * Samples that are read.
   *
   * @param file from where
   * @param unit of their features, and so of distances between them, as {@code the table's units}
   */
  record Data(String file, String unit, Dataset samples) {

    /**
     * The samples with a class for each output of a network; empty if they are no samples of it.
     */
    Optional<Data> of(ReportInput input) {
      return SampleFit.of(input, samples).map(fitting -> new Data(file, unit, fitting));
    }
  }

  NetworkReport of(ReportInput input, Optional<Data> data) {
    List<String> messages = new ArrayList<>(input.messages());
    Checked outcome =
        input
            .candidate()
            .map(candidate -> check(candidate, input.further()))
            .orElse(Checked.NOTHING);
    outcome.refusal().ifPresent(messages::add);
    Optional<Subject> accepted = outcome.accepted();
    boolean hopeless =
        input.candidate().isPresent() && accepted.isEmpty() && outcome.claims().isEmpty();
    Optional<Subject> function = accepted.filter(Subject::isEvaluable);
    Optional<CheckedNetwork> checked = input.checked();
    Optional<Data> fitting = data.flatMap(d -> d.of(input));
    Optional<Evidence> evidence = input.evidence();
    List<PrefixBound> prefixes = List.of();
    List<OutputBound> outputs = List.of();
    Optional<Samples> samples = Optional.empty();
    if (function.isPresent() && checked.isPresent()) {
      Subject subject = function.get();
      Network network = given(checked.get().network());
      evidence = Optional.of(searched(evidence, network, subject, input.declared()));
      prefixes = Prefixes.of(network, subject, listener);
      outputs = OutputBounds.of(network, subject, labels(subject, input, fitting), listener);
      RadiusClaim radii = RadiusClaim.of(subject, outcome.claims());
      samples = fitting.map(d -> SampleEvaluation.of(checked.get(), subject, radii, d));
    }
    return new NetworkReport(
        input.network(),
        input.norms(),
        input.declared(),
        hopeless ? Answer.REFUSED : input.answer(),
        hopeless ? Optional.empty() : input.lacking(),
        checked,
        accepted,
        evidence,
        prefixes,
        outputs,
        outcome.claims(),
        outcome.pairs().map(pairs -> new ClassPairs(pairs, labels(accepted.get(), input, fitting))),
        samples,
        messages,
        accepted.isEmpty() && outcome.claims().isEmpty() ? List.of() : input.checks());
  }

  private static List<String> labels(Subject subject, ReportInput input, Optional<Data> data) {
    List<String> ofData = data.map(Data::samples).map(Dataset::classes).orElse(List.of());
    return OutputLabels.of(subject.certificate().outputSize(), input.labels(), ofData);
  }

  /**
   * The checker's answer.
   *
   * @param accepted the certificate of the bound
   * @param claims those of all else
   */
  private record Checked(
      Optional<Subject> accepted, List<Subject> claims, Optional<String> refusal) {

    static final Checked NOTHING = new Checked(Optional.empty(), List.of(), Optional.empty());

    static Checked refused(String reason) {
      return new Checked(Optional.empty(), List.of(), Optional.of(reason));
    }

    Optional<PairBounds> pairs() {
      return accepted.flatMap(subject -> PairBounds.inAnyScale(subject, claims));
    }
  }

  /**
   * Checks a certificate, which counts only once the checker has accepted the text that is written,
   * whatever its origin.
   */
  private static Checked check(Subject candidate, List<Certificate> further) {
    String text = CertificateText.write(candidate.certificate());
    try {
      Certificate read = CertificateText.read(text);
      Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
      Subject subject = new Subject(read, digest, candidate.weights(), candidate.callees());
      return switch (CertificateChecker.check(subject)) {
        case Verdict.Accepted _ when !digest.equals(candidate.digest()) ->
            refused("its text is not the one that its digest was made of");
        case Verdict.Accepted _ -> withClaims(subject, further);
        case Verdict.Rejected rejected ->
            refused(rejected.reason().words() + ": " + rejected.detail());
      };
    } catch (FormatException e) {
      return refused("it cannot be read back: " + e.getMessage());
    }
  }

  private static Checked refused(String reason) {
    return Checked.refused("the checker rejects the certificate: " + reason);
  }

  /** Refuses all certificates if that of another claim is false, since all have one origin. */
  private static Checked withClaims(Subject subject, List<Certificate> further)
      throws FormatException {
    List<Subject> claims = new ArrayList<>();
    for (Certificate one : further) {
      Certificate read = CertificateText.read(CertificateText.write(one));
      try {
        claims.add(FurtherClaims.checked(subject, read));
      } catch (Rejection rejected) {
        return Checked.refused(
            "the checker rejects "
                + ClaimWords.certificate(read.claim().kind())
                + ": "
                + rejected.getMessage());
      }
    }
    if (subject.certificate().claim().global().isPresent()) {
      return new Checked(Optional.of(subject), claims, Optional.empty());
    }
    // No bound is claimed: the network's own certificate is one of the other claims.
    claims.add(0, subject);
    return new Checked(Optional.empty(), claims, Optional.empty());
  }

  /** The network as one whose weights are known, wherever they come from. */
  private static Network given(Network network) {
    return new Network(
        network.name(),
        network.lipschitz(),
        new WeightsSource.None(),
        network.precision(),
        network.layers());
  }

  /** A certificate that was known beforehand took no search, and there is nothing to compare. */
  private Evidence searched(
      Optional<Evidence> evidence, Network network, Subject subject, OptionalDouble declared) {
    List<MethodReport> before = evidence.map(Evidence::methods).orElse(List.of());
    if (evidence.isPresent() && before.stream().anyMatch(report -> report.method().isSearch())) {
      return evidence.get();
    }
    Options options =
        new Options(
            Method.AUTO,
            declared,
            List.of(),
            1,
            Options.Effort.REPORT,
            Optional.of(budget),
            Deadline.in(budget));
    Evidence found =
        Certifier.certify(network, subject.weights(), subject.callees(), options, listener)
            .evidence();
    List<MethodReport> all = new ArrayList<>(before);
    all.addAll(found.methods());
    return new Evidence(all, found.lower(), found.pair(), found.layers(), found.blamed());
  }
}
