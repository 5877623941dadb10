package io.lipc.compiler.proof;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Weights;
import io.lipc.model.Decimals;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks certificates for the network with which they are to be shipped, whatever their origin.
 * They have to be about its units: a proof about another network would be worth nothing.
 *
 * @param name the qualified name of the network
 * @param claim what it declares
 * @param free whether a construction makes its own weights, whatever they will be
 * @param type the format that its code computes in; errors of rounding are those of this format
 * @param units what certificates have to be about
 * @param weights the network's own, as they were read
 * @param callees the certificates of the networks that it calls
 */
record Trial(
    String name,
    Claim.Lipschitz claim,
    boolean free,
    ElementType type,
    List<Unit> units,
    Weights weights,
    Map<String, Subject> callees) {

  /** The outcome of a trial. */
  sealed interface Outcome {

    /** Why the certificate will not do, as a clause, if it will not. */
    default Optional<String> failure() {
      return this instanceof Failed failed ? Optional.of(failed.reason()) : Optional.empty();
    }

    /** The certificate with what it is about, if it will do. */
    default Optional<Passed> success() {
      return this instanceof Passed passed ? Optional.of(passed) : Optional.empty();
    }

    /** The certificate proves the declared bound of this network. */
    record Passed(Subject subject) implements Outcome {}

    /**
     * A certificate that is not enough, with the reason as a clause.
     *
     * @param reason why, as a clause
     */
    record Failed(String reason) implements Outcome {}
  }

  /**
   * Tries the certificate that the weights carry; they may have been trained under another name.
   */
  Outcome ofCarried(Certificate carried) {
    Optional<Claim.Lipschitz> found = carried.claim().global();
    if (found.isEmpty()) {
      return noBound(carried);
    }
    return found.get().bound() <= claim.bound()
        ? of(CertificateText.write(carried.declaring(name, claim.bound())))
        : tooLarge(found.get().bound());
  }

  /** Tries the very text that is going to be shipped, read again. */
  Outcome of(String text) {
    try {
      Certificate certificate = CertificateText.read(text);
      Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
      return of(new Subject(certificate, digest, weights, callees));
    } catch (FormatException e) {
      return new Outcome.Failed("it cannot be read back: " + e.getMessage());
    }
  }

  /** The checker's verdict on the very text that is going to be shipped, read again. */
  static Verdict again(String text, Subject claimed) {
    try {
      Certificate certificate = CertificateText.read(text);
      Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
      return CertificateChecker.check(
          new Subject(certificate, digest, claimed.weights(), claimed.callees()));
    } catch (FormatException e) {
      return new Verdict.Rejected(Verdict.Reason.MALFORMED, "it cannot be read back");
    }
  }

  private Outcome of(Subject subject) {
    Certificate certificate = subject.certificate();
    if (!certificate.network().equals(name)) {
      return new Outcome.Failed("it is about " + certificate.network() + ", not " + name);
    }
    Optional<Claim.Lipschitz> found = certificate.claim().global();
    if (found.isEmpty()) {
      return noBound(certificate);
    }
    Norms norms = found.get().norms();
    if (!norms.equals(claim.norms())) {
      return new Outcome.Failed("it is about " + norms + ", not " + claim.norms());
    }
    if (certificate.type() != type) {
      return new Outcome.Failed("it is about " + certificate.type() + ", not " + type);
    }
    if (certificate.hasFreeWeights() != free || certificate.kind() != kind()) {
      return new Outcome.Failed(
          "it is about %s, not %s"
              .formatted(
                  about(certificate.hasFreeWeights(), certificate.kind()), about(free, kind())));
    }
    if (!certificate.units().equals(units)) {
      return new Outcome.Failed("it is about other layers than those of " + name);
    }
    return switch (CertificateChecker.check(subject)) {
      case Verdict.Rejected rejected ->
          new Outcome.Failed(
              "the checker rejects it: " + rejected.reason().words() + ": " + rejected.detail());
      case Verdict.Accepted _ ->
          found.get().bound() <= claim.bound()
              ? new Outcome.Passed(subject)
              : tooLarge(found.get().bound());
    };
  }

  /** The kind that the declaration needs: no theorem about free parameters if weights are given. */
  private Certificate.Kind kind() {
    return free ? Certificate.Kind.STRUCTURAL : UnitLists.kindOf(units, callees);
  }

  private static String about(boolean free, Certificate.Kind kind) {
    if (free) {
      return "every value of free parameters";
    }
    return kind == Certificate.Kind.NUMERIC ? "given weights" : "no weights of its own";
  }

  private static Outcome noBound(Certificate certificate) {
    return new Outcome.Failed(
        "it is about " + certificate.claim().kind().word() + ", not about a bound");
  }

  private Outcome tooLarge(double proved) {
    return new Outcome.Failed(
        "its bound is %s, but %s is declared"
            .formatted(Decimals.up(proved), Decimals.plain(claim.bound())));
  }
}
