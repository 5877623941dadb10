package io.lipc.certifier;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.search.LeastDelta;
import io.lipc.certificate.signs.SignedPairs;
import io.lipc.certifier.bound.BoundMethod.Search;
import io.lipc.certifier.bound.ImageHead;
import io.lipc.certifier.bound.LipSdp;
import io.lipc.certifier.lmi.OptimalMultipliers.Candidate;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.lmi.SharedMultipliers;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Searches for bounds of the differences of each two outputs of a network.
 *
 * <p>The multipliers of one search for all outputs are scaled for each pair; then, while there is
 * time, each pair is searched for by itself. The multipliers that were found are proved for all
 * pairs together, in one certificate. Where radii by signs are asked for, others are searched for
 * once these are proved, for as long again: the bounds are the same with them and without.
 */
public final class PairSearch {

  private static final String METHOD = "pairs";

  private static final LipSdp.Kind NEURONS = new LipSdp.Kind(Sharing.PER_ROW);

  /** The options of a search without time for more than one proof. */
  private Options byElimination() {
    return new Options(
        Method.LAYERWISE_LMI,
        OptionalDouble.empty(),
        List.of(),
        1,
        Options.Effort.PROOF,
        Optional.of(Duration.ZERO),
        deadline);
  }

  /** All frequencies are checked at each, for all pairs. */
  private static final int IMAGE_RUNGS = 3;

  /** How much of the square of a bound the multipliers of radii by signs leave to gain. */
  private static final double LEFT = 0.1;

  /** The factor by which their bound is enlarged, so that the form is clear of singular. */
  private static final double ROOM = 1.0005;

  /** A pair's factor, and the proof that the difference times this factor is 1-Lipschitz. */
  private record Scaled(double factor, Proof proof) {}

  private final Subject network;

  /** The norm and the scale in which inputs are measured: the claim beside its factors. */
  private final Claim.Pairs claim;

  /** Whether what radii by signs rest on shall stand behind the proofs. */
  private final boolean signs;

  private final int pairs;
  private final SearchListener listener;
  private final Budget budget;

  /** Whether the units of called networks stand in place of the calls. */
  private final boolean inlined;

  private final Deadline deadline;

  private PairSearch(
      Subject network,
      Property.Pairs asked,
      Optional<Duration> budget,
      Deadline deadline,
      SearchListener listener) {
    this.network = network;
    this.signs = asked.signs();
    this.claim =
        asked
            .scaled()
            .map(
                s ->
                    new Claim.Pairs(
                        s.bound().inputNorm(),
                        Optional.of(ScaledSearch.scaleOf(s.scale(), network.weights()))))
            .orElseGet(() -> new Claim.Pairs(network.certificate().lipschitz().norms().input()));
    this.deadline = deadline;
    this.pairs = PairUnits.count(network.certificate().outputSize());
    this.listener = listener;
    this.budget = Budget.of(budget, deadline.clock()).until(deadline);
    this.inlined = problem(ones()).inlined().isPresent();
  }

  /** Bounds of all pairs for plain differences of inputs. */
  public static Optional<PairBounds> certify(
      Subject network, Optional<Duration> budget, Deadline deadline, SearchListener listener) {
    return certify(network, new Property.Pairs(), budget, deadline, listener);
  }

  /**
   * Bounds of all pairs.
   *
   * @param network accepted, with all weights, its own and those of what it calls; of 2 to {@link
   *     PairUnits#MAX_OUTPUTS} outputs
   * @param asked with its scaled bound, if it asks for one: pairs are in that scale then
   * @param budget how long pairs are searched for one by one; empty for no limit
   * @param deadline when there has to be an answer, with bounds or without
   * @param listener called in this thread
   * @return bounds that the checker has accepted; empty if there is a pair without one
   * @throws IllegalArgumentException if the network has other numbers of outputs
   */
  public static Optional<PairBounds> certify(
      Subject network,
      Property.Pairs asked,
      Optional<Duration> budget,
      Deadline deadline,
      SearchListener listener) {
    return Attempts.orElse(
        () -> new PairSearch(network, asked, budget, deadline, listener).certify(),
        Optional.empty());
  }

  private Optional<PairBounds> certify() {
    if (isQuick(on(ones()))) {
      return byMatrix();
    }
    // The network's own proof is about the units in front of a scale as well.
    Optional<Certificate> own = Optional.of(network.certificate()).filter(_ -> isPlain());
    Iterator<ImageHead> heads = ImageHead.of(element(0, 1), own).iterator();
    Optional<PairBounds> found = Optional.empty();
    for (boolean isFirst = true; found.isEmpty() && heads.hasNext(); isFirst = false) {
      ImageHead images = heads.next();
      found = isFirst || !budget.isSpent() ? byFrequency(images) : Optional.empty();
    }
    return found;
  }

  private boolean isPlain() {
    return claim.measured().isEmpty();
  }

  /** Whether the inequality over all neurons is the one to solve, rather than one by frequency. */
  private static boolean isQuick(Problem problem) {
    return ImagePart.of(problem.units()).isEmpty() || NEURONS.pays(problem);
  }

  /** Proves all pairs together, as the units on the torus are the same for all of them. */
  private Optional<PairBounds> byFrequency(ImageHead images) {
    List<Candidate> candidates = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Problem difference = element(pair, 1);
      Optional<Candidate> found =
          images
              .search(difference, goal(1.0 / (pairs - pair)))
              .or(() -> images.search(difference, Goal.least(deadline)));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      candidates.add(found.get());
    }
    return PairRung.ALL.stream()
        .limit(IMAGE_RUNGS)
        .flatMap(rung -> together(candidates, images.witness(), rung).stream())
        .findFirst();
  }

  private Optional<PairBounds> together(
      List<Candidate> candidates, PositivityWitness witness, PairRung rung) {
    List<Double> factors = candidates.stream().map(found -> factor(found, rung)).toList();
    List<Proof> proofs = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Prover.Draft draft = rung.draft(candidates.get(pair), factors.get(pair));
      proofs.add(new Proof(List.of(), List.of(), draft.multipliers(), witness));
    }
    return accepted(factors, proofs);
  }

  private Optional<PairBounds> accepted(List<Double> factors, List<Proof> proofs) {
    return new Prover(on(factors), METHOD)
        .check(1, proofs)
        .map(subject -> PairBounds.claimed(network, subject.certificate()));
  }

  /**
   * The same bounds by the same proofs, with what radii by signs rest on behind them.
   *
   * @return empty if signs say nothing of the network
   */
  private Optional<PairBounds> withSigns(List<Double> factors, List<Proof> proofs) {
    List<Proof> all = new ArrayList<>(proofs);
    proofs.forEach(proof -> all.add(WithoutOutput.proof(proof.multipliers())));
    if (SignedPairs.of(claiming(LeastDelta.LARGEST, factors).unchecked(1, all)).isEmpty()) {
      return Optional.empty();
    }
    Budget search = budget.again();
    for (int pair = 0; pair < pairs; pair++) {
      int at = pairs + pair;
      central(element(pair, 1), search.part(1.0 / (pairs - pair)))
          .ifPresent(multipliers -> all.set(at, WithoutOutput.proof(multipliers)));
    }
    OptionalDouble delta =
        LeastDelta.of(claiming(LeastDelta.LARGEST, factors).unchecked(1, all), deadline::check);
    return delta.isEmpty()
        ? Optional.empty()
        : claiming(delta.getAsDouble(), factors)
            .check(1, all)
            .map(subject -> PairBounds.claimed(network, subject.certificate()));
  }

  private Prover claiming(double delta, List<Double> factors) {
    Claim.Pairs wanted = new Claim.Pairs(claim.input(), claim.measured(), OptionalDouble.of(delta));
    return new Prover(on(wanted, factors), METHOD);
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
        Optional<Scaled> scaled =
            scaled(proofs.size(), shared.map(all -> all.ofPair(first, second)));
        if (scaled.isEmpty()) {
          return Optional.empty();
        }
        factors.add(scaled.get().factor());
        proofs.add(scaled.get().proof());
      }
    }
    Optional<PairBounds> plain = accepted(factors, proofs);
    return signs && plain.isPresent()
        ? Attempts.orElse(() -> withSigns(factors, proofs), Optional.<PairBounds>empty())
            .or(() -> plain)
        : plain;
  }

  /**
   * The better of what is known and what is found in a pair's share of the time that is left. If
   * neither can be proved, it is searched for however long it takes: without a bound of each pair
   * there is none of any.
   */
  private Optional<Scaled> scaled(int pair, Optional<Candidate> known) {
    Problem difference = element(pair, 1);
    Optional<Candidate> found =
        budget.isSpent()
            ? Optional.empty()
            : search(difference, goal(1.0 / (pairs - pair))).map(PairSearch::candidate);
    return Stream.concat(found.stream(), known.stream())
        .sorted(Comparator.comparingDouble(Candidate::bound))
        .flatMap(candidate -> scaled(pair, candidate).stream())
        .findFirst()
        .or(
            () ->
                search(difference, Goal.least(deadline))
                    .flatMap(late -> scaled(pair, candidate(late))));
  }

  /**
   * Multipliers from the middle of those that prove nearly the best bound of a pair, for a bound
   * that is larger by a little more: radii by signs search along the form that they make, and the
   * best ones make a singular one.
   */
  private Optional<List<Proof.Multiplier>> central(Problem difference, Budget share) {
    PairRung first = PairRung.ALL.getFirst();
    listener.begins(Method.LIPSDP_NEURON);
    return NEURONS
        .central(difference, LEFT, new Goal(OptionalDouble.empty(), share, listener))
        .map(found -> new Candidate(found.bound() * ROOM, found.multipliers()))
        .map(found -> first.draft(found, factor(found, first)).multipliers());
  }

  private List<Double> ones() {
    return Collections.nCopies(pairs, 1.0);
  }

  private Problem problem(List<Double> factors) {
    return problem(claim, factors);
  }

  private Problem problem(Claim.Pairs wanted, List<Double> factors) {
    return problem(wanted, PairUnits.of(network.certificate().units(), factors));
  }

  /** The function behind the scale, if there is one; certificates are about the given units. */
  private Problem problem(Claim.OfUnits wanted, List<Unit> units) {
    return Problem.behindScale(Problem.about(network, wanted, units, deadline));
  }

  private Problem on(List<Double> factors) {
    return on(claim, factors);
  }

  private Problem on(Claim.Pairs wanted, List<Double> factors) {
    Problem whole = problem(wanted, factors);
    return inlined ? whole.inlined().orElseThrow() : whole;
  }

  /** The difference of a pair, times a factor. */
  private Problem element(int pair, double factor) {
    List<Double> factors = new ArrayList<>(ones());
    factors.set(pair, factor);
    return on(factors).element(pair);
  }

  /**
   * The shared multipliers; none from linf, where the bound is a sum of multipliers, which no
   * scaling keeps.
   */
  private Optional<SharedMultipliers> shared() {
    if (claim.input() == Norm.LINF) {
      return Optional.empty();
    }
    Claim.Lipschitz least = new Claim.Lipschitz(Norms.EUCLIDEAN, 0);
    Claim.OfUnits wanted =
        claim.measured().<Claim.OfUnits>map(s -> new Claim.Scaled(least, s)).orElse(least);
    Problem own = problem(wanted, network.certificate().units());
    Problem all = inlined ? own.inlined().orElseThrow() : own;
    return search(all, goal(0.25))
        .or(() -> Certifier.least(all, byElimination(), listener))
        .flatMap(
            found ->
                SharedMultipliers.of(
                    LipSdp.rows(all, Sharing.PER_ROW),
                    found.certificate().proof().multipliers(),
                    found.certificate().inequality().bound(),
                    deadline));
  }

  private Goal goal(double share) {
    return new Goal(OptionalDouble.empty(), budget.part(share), listener);
  }

  private Optional<Subject> search(Problem problem, Goal goal) {
    listener.begins(Method.LIPSDP_NEURON);
    return NEURONS.of(problem, goal, Optional.empty()).best() instanceof Search.Found found
        ? Optional.of(found.subject())
        : Optional.empty();
  }

  /** The candidate of a proof by this method, which has multipliers alone. */
  private static Candidate candidate(Subject found) {
    return new Candidate(
        found.certificate().inequality().bound(), found.certificate().proof().multipliers());
  }

  /** The candidate at the first rung at which it can be proved. */
  private Optional<Scaled> scaled(int pair, Candidate candidate) {
    for (PairRung rung : PairRung.ALL) {
      double factor = factor(candidate, rung);
      Problem difference = element(pair, factor);
      Prover.Draft draft = rung.draft(candidate, factor);
      Prover prover = new Prover(difference, METHOD);
      // Of a verified factorisation there is nothing in the text, which holds many proofs.
      Optional<Subject> proved =
          rung.shortens()
              ? prover.check(draft, new PositivityWitness.VerifiedCholesky())
              : prover.prove(draft, Coordinates.ofMatrix(difference));
      if (proved.isPresent()) {
        return Optional.of(new Scaled(factor, proved.get().certificate().proof()));
      }
    }
    return Optional.empty();
  }

  private double factor(Candidate candidate, PairRung rung) {
    return rung.factor(candidate, network.certificate().type());
  }
}
