package io.lipc.certifier.problem;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Makes certificates and asks the checker: the only place where a bound becomes a fact. */
public final class Prover {

  /** Stands for the digest of a text that is not written yet. */
  private static final Digest UNWRITTEN = Digest.of();

  /**
   * A check is made twice, here and by the receiver of the certificate: it may take half of the
   * time that is left.
   */
  private static final double FOR_CHECK = 0.5;

  private final Problem problem;
  private final String method;

  /**
   * A prover of bounds of one problem.
   *
   * @param method what certificates call the search that found the proof
   */
  public Prover(Problem problem, String method) {
    this.problem = problem;
    this.method = method;
  }

  /** A proof that lacks only the witness of its main matrix. */
  public record Draft(
      double bound,
      List<Proof.Gain> gains,
      List<Proof.Segmentation> segmentations,
      List<Proof.Multiplier> multipliers) {
    Proof with(PositivityWitness witness) {
      return new Proof(gains, segmentations, multipliers, witness);
    }
  }

  /** The draft with the given witness, if the checker accepts it. */
  public Optional<Subject> check(Draft draft, PositivityWitness witness) {
    return check(draft.bound(), List.of(draft.with(witness)));
  }

  /** The bound with proofs that have their witnesses, if the checker accepts it. */
  public Optional<Subject> check(double bound, List<Proof> proofs) {
    Certificate certificate = certificate(bound, proofs);
    return switch (CertificateChecker.check(subject(certificate, UNWRITTEN), look())) {
      case Verdict.Accepted _ -> {
        byte[] text = CertificateText.write(certificate).getBytes(StandardCharsets.UTF_8);
        yield Optional.of(subject(certificate, Digest.of(text)));
      }
      case Verdict.Rejected _ -> Optional.empty();
    };
  }

  /** The draft with the first witness that the checker accepts. */
  public Optional<Subject> prove(Draft draft, int coordinates) {
    if (coordinates > Witnesses.MAX_CONGRUENCE) {
      return check(draft, new PositivityWitness.VerifiedCholesky());
    }
    PositivityWitness elimination = new PositivityWitness.ExactElimination();
    double[][] matrix;
    try {
      matrix =
          ProofMatrix.main(
              subject(certificate(draft, elimination), UNWRITTEN), problem.deadline()::check);
    } catch (IllegalArgumentException e) {
      // In doubles, a row that vanishes may not. Otherwise the checker will say the same: the claim
      // is malformed, for instance by an overflow.
      return coordinates <= Witnesses.MAX_EXACT ? check(draft, elimination) : Optional.empty();
    }
    boolean counted = !(about().claim() instanceof Claim.Local);
    for (PositivityWitness witness : Witnesses.of(matrix, counted, problem.deadline())) {
      boolean hopeless =
          witness instanceof PositivityWitness.VerifiedCholesky
              && Cholesky.of(matrix, problem.deadline()).isEmpty();
      Optional<Subject> accepted = hopeless ? Optional.empty() : check(draft, witness);
      if (accepted.isPresent()) {
        return accepted;
      }
    }
    return Optional.empty();
  }

  private Runnable look() {
    Deadline deadline = problem.deadline().part(FOR_CHECK);
    return deadline::check;
  }

  /** The claim with its proofs, before the checker has seen it. */
  public Subject unchecked(double bound, List<Proof> proofs) {
    return subject(certificate(bound, proofs), UNWRITTEN);
  }

  private Certificate certificate(Draft draft, PositivityWitness witness) {
    return certificate(draft.bound(), List.of(draft.with(witness)));
  }

  private Certificate certificate(double bound, List<Proof> proofs) {
    Problem about = about();
    return new Certificate(
        about.network(),
        about.type(),
        claim(about.claim(), bound),
        method,
        about.units(),
        about.grounds(problem.calls(), proofs));
  }

  /**
   * The claim that a proof of a bound of the units shows; for pairs it is the wanted claim, of the
   * bound 1.
   */
  private static Claim claim(Claim.OfUnits wanted, double bound) {
    return switch (wanted) {
      case Claim.Lipschitz(Norms norms, double declared, _) ->
          new Claim.Lipschitz(norms, bound, Math.max(declared, bound));
      case Claim.Scaled(Claim.Lipschitz(Norms norms, double declared, _), var scale) ->
          new Claim.Scaled(new Claim.Lipschitz(norms, bound, Math.max(declared, bound)), scale);
      case Claim.Local(Claim.Lipschitz(Norms norms, double declared, _), var box) ->
          new Claim.Local(new Claim.Lipschitz(norms, bound, Math.max(declared, bound)), box);
      case Claim.Pairs pairs -> pairs;
    };
  }

  private Subject subject(Certificate certificate, Digest digest) {
    return new Subject(certificate, digest, about().weights(), about().callees());
  }

  /** A certificate is about a network as it is declared, whatever its proof reads. */
  private Problem about() {
    return problem.caller().orElse(problem);
  }
}
