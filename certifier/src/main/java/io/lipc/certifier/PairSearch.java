package io.lipc.certifier;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norm;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certifier.bound.BoundMethod.Search;
import io.lipc.certifier.bound.ImageHead;
import io.lipc.certifier.bound.LipSdp;
import io.lipc.certifier.lmi.OptimalMultipliers;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.lmi.SharedMultipliers;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.ShortNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Searches for bounds of the differences of each two outputs of a network.
 *
 * <p>The multipliers of one search for all outputs are scaled for each pair; then, while there is
 * time, each pair is searched for by itself. What is found is proved for all pairs together, in one
 * certificate.
 */
public final class PairSearch {

  private static final String METHOD = "pairs";

  /** By how much multipliers are enlarged, and the bits that its multipliers keep. */
  private record Rung(double margin, int bits) {}

  /** As many bits as a double has. */
  private static final int LONG = 53;

  /** There are many proofs in one text: short numbers count, the last digits of a radius do not. */
  private static final List<Rung> RUNGS =
      List.of(
          new Rung(1e-6, 26),
          new Rung(1e-5, 26),
          new Rung(1e-4, LONG),
          new Rung(1e-3, LONG),
          new Rung(1e-2, LONG));

  /** All frequencies are checked at each, for all pairs. */
  private static final int IMAGE_RUNGS = 3;

  /** Factors of pairs whose difference hardly depends on the input are no larger. */
  private static final double MAX_SCALE = 0x1p60;

  /** A pair's bound, and the proof of it before its scale is known. */
  private record Candidate(double bound, Proof proof) {}

  /** A pair's factor, and the proof that the difference times this factor is 1-Lipschitz. */
  private record Scaled(double factor, Proof proof) {}

  private final Subject network;
  private final int pairs;
  private final SearchListener listener;
  private final Budget budget;

  /** Whether the units of called networks stand in place of the calls. */
  private final boolean inlined;

  private PairSearch(Subject network, Optional<Duration> budget, SearchListener listener) {
    this.network = network;
    this.pairs = PairBounds.count(network.certificate().outputSize());
    this.listener = listener;
    this.budget = Budget.of(budget);
    this.inlined = problem(ones()).inlined().isPresent();
  }

  /**
   * For how long pairs are searched for where a network has so much time. There are many of them,
   * and what is proved should not depend on what else a machine does.
   */
  public static Duration budget(Duration ofNetwork) {
    return ofNetwork.multipliedBy(6);
  }

  /**
   * Bounds of all pairs.
   *
   * @param network accepted, with all weights, its own and those of what it calls; of 2 to {@link
   *     PairBounds#MAX_OUTPUTS} outputs
   * @param budget how long pairs are searched for one by one; empty for no limit
   * @param listener called in this thread
   * @return bounds that the checker has accepted; empty if there is a pair without one
   * @throws IllegalArgumentException if the network has other numbers of outputs
   */
  public static Optional<PairBounds> certify(
      Subject network, Optional<Duration> budget, SearchListener listener) {
    return new PairSearch(network, budget, listener).certify();
  }

  private Optional<PairBounds> certify() {
    if (isQuick(on(ones()))) {
      return byMatrix();
    }
    Certificate own = network.certificate();
    Iterator<ImageHead> heads = ImageHead.of(element(0, 1), own).iterator();
    Optional<PairBounds> found = Optional.empty();
    for (boolean isFirst = true; found.isEmpty() && heads.hasNext(); isFirst = false) {
      ImageHead images = heads.next();
      found = isFirst || !budget.isSpent() ? byFrequency(images) : Optional.empty();
    }
    return found;
  }

  /** What is on the torus is the same for all pairs, so they are proved together. */
  private Optional<PairBounds> byFrequency(ImageHead images) {
    List<Candidate> candidates = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Goal goal = new Goal(OptionalDouble.empty(), budget.part(1.0 / (pairs - pair)), listener);
      Optional<ImageHead.Candidate> found =
          images
              .search(element(pair, 1), goal)
              .or(() -> images.search(element(candidates.size(), 1), Goal.least()));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      candidates.add(
          new Candidate(
              found.get().bound(),
              new Proof(List.of(), List.of(), found.get().multipliers(), images.witness())));
    }
    return RUNGS.stream()
        .limit(IMAGE_RUNGS)
        .flatMap(rung -> together(candidates, rung).stream())
        .findFirst();
  }

  private Optional<PairBounds> together(List<Candidate> candidates, Rung rung) {
    List<Double> factors = candidates.stream().map(found -> factor(found, rung)).toList();
    List<Proof> proofs = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Proof proof = candidates.get(pair).proof();
      Prover.Draft draft = draft(proof, factors.get(pair), rung);
      proofs.add(new Proof(List.of(), List.of(), draft.multipliers(), proof.witness()));
    }
    return accepted(factors, proofs);
  }

  private Optional<PairBounds> accepted(List<Double> factors, List<Proof> proofs) {
    return new Prover(on(factors), METHOD)
        .check(1, proofs)
        .map(subject -> PairBounds.claimed(network, subject.certificate()));
  }

  private Optional<PairBounds> byMatrix() {
    Optional<SharedMultipliers> shared = shared();
    List<Double> factors = new ArrayList<>();
    List<Proof> proofs = new ArrayList<>();
    int outputs = network.certificate().outputSize();
    for (int i = 0; i < outputs; i++) {
      for (int j = i + 1; j < outputs; j++) {
        int first = i;
        int second = j;
        int pair = proofs.size();
        Optional<Candidate> known = shared.map(all -> candidate(all.ofPair(first, second)));
        Optional<Scaled> scaled =
            best(pair, known)
                .flatMap(found -> scaled(pair, found))
                .or(() -> known.flatMap(candidate -> scaled(pair, candidate)))
                .or(
                    () ->
                        slowly(element(pair, 1)).flatMap(found -> scaled(pair, candidate(found))));
        if (scaled.isEmpty()) {
          return Optional.empty();
        }
        factors.add(scaled.get().factor());
        proofs.add(scaled.get().proof());
      }
    }
    return accepted(factors, proofs);
  }

  private List<Double> ones() {
    return Collections.nCopies(pairs, 1.0);
  }

  private Problem problem(List<Double> factors) {
    Certificate certificate = network.certificate();
    Norms norms = new Norms(certificate.claim().norms().input(), Norm.LINF);
    return new Problem(
        PairBounds.nameOf(certificate.network()),
        certificate.type(),
        new Claim.Lipschitz(norms, 1),
        PairBounds.units(certificate.units(), factors),
        certificate.tensors(),
        network.weights(),
        network.callees());
  }

  private Problem on(List<Double> factors) {
    Problem whole = problem(factors);
    return inlined ? whole.inlined().orElseThrow() : whole;
  }

  /** The difference of a pair, times a factor. */
  private Problem element(int pair, double factor) {
    List<Double> factors = new ArrayList<>(ones());
    factors.set(pair, factor);
    return on(factors).element(pair);
  }

  /** From linf the bound is a sum of multipliers, which no scaling keeps. */
  private Optional<SharedMultipliers> shared() {
    Certificate certificate = network.certificate();
    Problem own =
        new Problem(
            certificate.network(),
            certificate.type(),
            new Claim.Lipschitz(Norms.EUCLIDEAN, 0),
            certificate.units(),
            certificate.tensors(),
            network.weights(),
            network.callees());
    Problem all = inlined ? own.inlined().orElseThrow() : own;
    if (certificate.claim().fromLargest() || !isQuick(all)) {
      return Optional.empty();
    }
    Goal goal = new Goal(OptionalDouble.empty(), budget.part(0.25), listener);
    return search(all, goal)
        .or(() -> Certifier.least(all, options(Method.LAYERWISE_LMI), listener))
        .flatMap(
            found ->
                SharedMultipliers.of(
                    LipSdp.rows(all, Sharing.PER_ROW),
                    found.certificate().proof().multipliers(),
                    found.certificate().bound()));
  }

  /** Whether the inequality over all neurons is the one to solve, rather than one by frequency. */
  private static boolean isQuick(Problem problem) {
    return ImagePart.of(problem.units()).isEmpty()
        || new LipSdp.Kind(Sharing.PER_ROW).pays(problem);
  }

  private Optional<Subject> search(Problem problem, Goal goal) {
    listener.begins(Method.LIPSDP_NEURON);
    return new LipSdp.Kind(Sharing.PER_ROW).of(problem, goal, Optional.empty()).best()
            instanceof Search.Found found
        ? Optional.of(found.subject())
        : Optional.empty();
  }

  private static Candidate candidate(OptimalMultipliers.Candidate found) {
    PositivityWitness any = new PositivityWitness.ExactElimination();
    return new Candidate(found.bound(), new Proof(List.of(), List.of(), found.multipliers(), any));
  }

  private static Candidate candidate(Subject found) {
    return new Candidate(found.certificate().bound(), found.certificate().proof());
  }

  /** The better of what is known and what is found in a pair's share of the time that is left. */
  private Optional<Candidate> best(int pair, Optional<Candidate> known) {
    if (known.isPresent() && budget.isSpent()) {
      return known;
    }
    Problem difference = element(pair, 1);
    Budget share = budget.part(1.0 / (pairs - pair));
    Optional<Subject> found =
        isQuick(difference)
            ? search(difference, new Goal(OptionalDouble.empty(), share, listener))
            : Optional.empty();
    return found
        .or(() -> known.isPresent() ? Optional.empty() : slowly(difference))
        .map(PairSearch::candidate)
        .filter(own -> known.isEmpty() || own.bound() <= known.get().bound())
        .or(() -> known);
  }

  /** However long it takes: without a bound of each pair there is none of any. */
  private Optional<Subject> slowly(Problem difference) {
    return isQuick(difference)
        ? search(difference, Goal.least())
        : Certifier.least(difference, options(Method.AUTO), listener);
  }

  /** Without time for more than one proof. */
  private static Options options(Method method) {
    return new Options(
        method,
        OptionalDouble.empty(),
        List.of(),
        1,
        Options.Effort.PROOF,
        Optional.of(Duration.ZERO));
  }

  /**
   * Proves that the difference of a pair, times a factor that is nearly one by its bound, is
   * 1-Lipschitz. With the square of the bound and the multipliers both {@code 1 + e} times as
   * large, {@code S = A - y'y} becomes {@code (1 + e) S + e y'y}, which is clear of singular; the
   * square is enlarged by as much again, so that rounding has room.
   */
  private Optional<Scaled> scaled(int pair, Candidate candidate) {
    for (Rung rung : RUNGS) {
      double factor = factor(candidate, rung);
      Problem difference = element(pair, factor);
      Prover.Draft draft = draft(candidate.proof(), factor, rung);
      Prover prover = new Prover(difference, METHOD);
      Optional<Subject> proved =
          switch (candidate.proof().witness()) {
            case PositivityWitness.AllFrequencies witness -> prover.check(draft, witness);
            // Neither has it a text of its own, nor does it take long numbers.
            case PositivityWitness _ when rung.bits() < LONG ->
                prover.check(draft, new PositivityWitness.VerifiedCholesky());
            case PositivityWitness _ -> prover.prove(draft, Coordinates.ofMatrix(difference));
          };
      if (proved.isPresent()) {
        return Optional.of(new Scaled(factor, proved.get().certificate().proof()));
      }
    }
    return Optional.empty();
  }

  private double factor(Candidate candidate, Rung rung) {
    double enlarged = candidate.bound() * Math.sqrt(1 + 2 * rung.margin());
    return roundedDown(Math.min(1 / enlarged, MAX_SCALE));
  }

  private static Prover.Draft draft(Proof proof, double factor, Rung rung) {
    return new Prover.Draft(
        1,
        proof.gains(),
        proof.segmentations(),
        times(factor * factor * (1 + rung.margin()), proof.multipliers(), rung.bits()));
  }

  /** In the network's format, in which a factor has to be given. */
  private double roundedDown(double factor) {
    double rounded = network.certificate().type().round(factor);
    return switch (network.certificate().type()) {
      case F32 -> rounded > factor ? Math.nextDown((float) rounded) : rounded;
      case F64 -> rounded;
    };
  }

  private static List<Proof.Multiplier> times(
      double factor, List<Proof.Multiplier> multipliers, int bits) {
    return multipliers.stream()
        .map(
            multiplier ->
                new Proof.Multiplier(
                    multiplier.unit(),
                    multiplier.constraint(),
                    multiplier.values().stream()
                        .map(value -> ShortNumber.of(value * factor, bits))
                        .toList()))
        .toList();
  }
}
