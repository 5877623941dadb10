package io.lipc.runtime.radius;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Bounds on a box by the multipliers that prove the bound for all inputs. The checker takes the
 * slopes that activations have on the box, and decides whether a smaller bound is proved so.
 */
final class KnownMultipliers {

  /** After so many tries the answer is within a 64th of what these multipliers prove. */
  private static final int MOST_TRIES = 6;

  private final Subject network;
  private final Unit.Box box;
  private final List<Proof> proofs;

  private KnownMultipliers(Subject network, Unit.Box box, List<Proof> proofs) {
    this.network = network;
    this.box = box;
    this.proofs = proofs;
  }

  /** Empty where the bound for all inputs rests on other proofs than matrices of slopes. */
  static Optional<KnownMultipliers> of(Subject network, Unit.Box box) {
    boolean moves =
        IntStream.range(0, box.lower().size())
            .allMatch(i -> box.lower().get(i) < box.upper().get(i));
    List<Proof> proofs = new ArrayList<>();
    for (Proof proof : network.certificate().proofs()) {
      switch (proof.witness()) {
        case PositivityWitness.Congruence _,
            PositivityWitness.ExactElimination _,
            PositivityWitness.VerifiedCholesky _ ->
            // What does not move is multiplied by 0 in a unit behind the input.
            proofs.add(moved(proof, moves ? 0 : 1));
        case PositivityWitness.ElementwiseProduct _,
            PositivityWitness.Rows _,
            PositivityWitness.AllFrequencies _ -> {
          return Optional.empty();
        }
      }
    }
    return proofs.isEmpty()
        ? Optional.empty()
        : Optional.of(new KnownMultipliers(network, box, proofs));
  }

  private static Proof moved(Proof proof, int by) {
    return new Proof(
        proof.gains().stream()
            .map(gain -> new Proof.Gain(gain.unit() + by, gain.gain(), gain.witness()))
            .toList(),
        proof.segmentations().stream()
            .map(cut -> new Proof.Segmentation(cut.unit() + by, cut.lengths()))
            .toList(),
        proof.multipliers().stream()
            .map(m -> new Proof.Multiplier(m.unit() + by, m.constraint(), m.values()))
            .toList(),
        new PositivityWitness.VerifiedCholesky());
  }

  /** The least bound below this one that the checker accepts, of those that are tried in time. */
  Optional<Subject> below(double known, int tries, Budget budget) {
    Optional<Subject> best = Optional.empty();
    double low = 0;
    double high = known;
    for (int i = 0; i < Math.min(tries, MOST_TRIES) && !budget.isPassed(); i++) {
      double middle = low / 2 + high / 2;
      Subject tried = claimed(middle);
      boolean accepted =
          budget
              .inTime(() -> CertificateChecker.check(tried, budget::check))
              .filter(Verdict.Accepted.class::isInstance)
              .isPresent();
      best = accepted ? Optional.of(tried) : best;
      high = accepted ? middle : high;
      low = accepted ? low : middle;
    }
    return best;
  }

  private Subject claimed(double bound) {
    Certificate about = network.certificate();
    Claim.Lipschitz claim = new Claim.Lipschitz(about.lipschitz().norms(), bound, bound);
    return FurtherClaims.about(
        network,
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Local(claim, box),
            about.method(),
            about.units(),
            about.grounds().with(proofs)));
  }
}
