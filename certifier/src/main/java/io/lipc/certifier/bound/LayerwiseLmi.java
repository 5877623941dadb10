package io.lipc.certifier.bound;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certifier.lmi.Envelope;
import io.lipc.certifier.lmi.GreedyElimination;
import io.lipc.certifier.lmi.GreedyElimination.Result;
import io.lipc.certifier.lmi.GreedyElimination.Rule;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.ScaledMultipliers;
import io.lipc.certifier.problem.Witnesses;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The matrix inequality over all neurons, with the multipliers of {@link GreedyElimination}.
 *
 * <p>With rho and lambda from the elimination, {@code S = rho S_0 - Y'Y} is singular in the
 * direction of the output, and S_0 is positive definite. Both taken {@code 1 + e} times, S grows by
 * {@code e rho S_0}: so every margin e makes S positive definite, and costs e of rho.
 *
 * @param elimination the better of the rules; empty where the matrix is too large or broke down
 */
public record LayerwiseLmi(Problem problem, Optional<Result> elimination) implements BoundMethod {

  private static final String WORD = "layerwise-lmi";

  /** A margin, and the significant bits that its multipliers keep. */
  private record Rung(double margin, int bits) {}

  private static final List<Rung> RUNGS =
      List.of(
          new Rung(2e-9, 30),
          new Rung(2e-9, 53),
          new Rung(2e-8, 53),
          new Rung(2e-7, 53),
          new Rung(2e-6, 53),
          new Rung(2e-5, 53),
          new Rung(2e-4, 53));

  /** Numbers of so few bits make an equality of short numbers exact. */
  private static final int SHORT = 20;

  private static final int MANY_COORDINATES = 600;

  /** The most factorisations of a large matrix that are tried. */
  private static final int MAX_LARGE = 4;

  /** The method, which proves more than a product of norms for the price of an elimination. */
  public static final class Kind implements BoundMethod.Kind {

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public BoundMethod of(Problem problem, Goal goal, Optional<List<LayerNorm>> norms) {
      return LayerwiseLmi.of(problem, goal);
    }

    @Override
    public LadderRung rung() {
      return LadderRung.ELIMINATION;
    }
  }

  /**
   * Runs the elimination.
   *
   * @param goal in a large network, no rule is tried any more once one has reached it, or its
   *     budget has no time for one more
   */
  static LayerwiseLmi of(Problem problem, Goal goal) {
    Envelope envelope = Envelope.of(problem);
    if (!envelope.isFeasible()) {
      return new LayerwiseLmi(problem, Optional.empty());
    }
    Optional<Result> best = Optional.empty();
    Duration last = Duration.ZERO;
    for (Rule rule : rules(envelope)) {
      Duration began = goal.budget().elapsed();
      boolean enough =
          isLarge(envelope)
              && best.isPresent()
              && (goal.isReached(best.get().rho()) || !goal.budget().leaves(last));
      if (!enough) {
        best =
            Stream.concat(
                    best.stream(), GreedyElimination.run(problem, rule, goal.budget()).stream())
                .filter(result -> Double.isFinite(result.rho()))
                .min(Comparator.comparingDouble(Result::rho));
        last = goal.budget().elapsed().minus(began);
      }
    }
    return new LayerwiseLmi(problem, best);
  }

  private static boolean isLarge(Envelope envelope) {
    return envelope.coordinates() > MANY_COORDINATES;
  }

  /** Each rule costs an elimination; a large matrix is given the better ones. */
  private static List<Rule> rules(Envelope envelope) {
    return isLarge(envelope)
        ? List.of(Rule.PER_LAYER, Rule.PER_NEURON, Rule.LOOK_AHEAD)
        : List.of(Rule.PER_LAYER, Rule.PER_NEURON, Rule.HALVED, Rule.LOOK_AHEAD);
  }

  @Override
  public Search best() {
    Envelope envelope = Envelope.of(problem);
    if (!envelope.isFeasible()) {
      return new Search.Failed(envelope.tooLarge());
    }
    if (elimination.isEmpty()) {
      return new Search.Failed("a pivot is not positive in double arithmetic");
    }
    Result result = elimination.get();
    if (result.rho() == 0) {
      return prover()
          .check(claim(0, result, 1, 53), new PositivityWitness.ExactElimination())
          .<Search>map(Search.Found::new)
          .orElse(new Search.Failed("the checker did not accept that the output is constant"));
    }
    for (Rung rung : rungs(envelope)) {
      double rho = result.rho() * (1 + rung.margin());
      double bound = Math.nextUp(Math.sqrt(Math.nextUp(rho)));
      Optional<Subject> subject =
          prover().prove(claim(bound, result, rho, rung.bits()), envelope.coordinates());
      if (subject.isPresent()) {
        return new Search.Found(subject.get());
      }
    }
    return new Search.Failed("the checker accepted none of the multipliers");
  }

  /**
   * The margins that make sense: a factorisation in doubles of a large matrix is shifted by more
   * than the least ones, and takes seconds.
   */
  private static List<Rung> rungs(Envelope envelope) {
    if (envelope.coordinates() <= Witnesses.MAX_CONGRUENCE) {
      return RUNGS;
    }
    double side = Math.min(envelope.coordinates(), 2.0 * envelope.longest());
    double shift = 0x1p-50 * side * envelope.longest();
    return RUNGS.stream().filter(rung -> rung.margin() >= shift).limit(MAX_LARGE).toList();
  }

  @Override
  public Optional<Subject> at(double bound) {
    double rho = bound * bound;
    int size = Coordinates.of(problem);
    boolean possible =
        elimination.isPresent()
            && elimination.get().rho() <= rho * (1 + 1e-9)
            && size <= Witnesses.MAX_CONGRUENCE;
    if (!possible) {
      return Optional.empty();
    }
    Prover.Draft claim = claim(bound, elimination.get(), rho, SHORT);
    return prover().prove(claim, size);
  }

  private Prover prover() {
    return new Prover(problem, WORD);
  }

  private static Prover.Draft claim(double bound, Result result, double rho, int bits) {
    List<Proof.Multiplier> multipliers = ScaledMultipliers.of(result.multipliers(), rho, bits);
    return new Prover.Draft(bound, List.of(), List.of(), multipliers);
  }
}
