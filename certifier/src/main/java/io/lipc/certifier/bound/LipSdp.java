package io.lipc.certifier.bound;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certifier.lmi.GreedyElimination;
import io.lipc.certifier.lmi.GreedyElimination.Rule;
import io.lipc.certifier.lmi.MatrixInequality;
import io.lipc.certifier.lmi.OptimalMultipliers;
import io.lipc.certifier.lmi.RowInequality;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The least bound that the matrix inequality over all neurons proves, with one multiplier for each
 * of them, or one for each layer: LipSDP-Neuron and LipSDP-Layer (Fazlyab et al., Efficient and
 * Accurate Estimation of Lipschitz Constants for Deep Neural Networks, NeurIPS 2019), with the
 * slope constraints that are sound.
 *
 * <p>The search starts from {@link GreedyElimination} mostly with half its multipliers, and goes on
 * over the span of the rows that read the input only.
 */
public record LipSdp(Kind kind, Problem problem, Outcome outcome) implements BoundMethod {

  /** The result of the search for multipliers. */
  sealed interface Outcome {

    /** The output is the same for all inputs; any multipliers will do. */
    record Constant(List<Proof.Multiplier> multipliers) implements Outcome {}

    /** Multipliers were found. */
    record Solved(OptimalMultipliers optimal) implements Outcome {}

    /** No multipliers were found, for this reason: a lower-case clause. */
    record Unsolved(String reason) implements Outcome {}
  }

  /** A square matrix of so many rows takes 300 MB, and a step of the search a minute. */
  private static final int MAX_COORDINATES = 6144;

  /** The number of these matrices that are kept at once. */
  private static final int MATRICES = 16;

  /** The factor by which the start exceeds the rho of the elimination. */
  private static final double SLACK = 1.3;

  /**
   * The methods. Without matrices, the inequality over whole signals has the same optimum.
   *
   * @param sharing which rows have one multiplier
   */
  public record Kind(Sharing sharing) implements BoundMethod.Kind {

    @Override
    public String word() {
      return switch (sharing) {
        case PER_ROW -> "lipsdp-neuron";
        case PER_UNIT -> "lipsdp-layer";
      };
    }

    @Override
    public BoundMethod of(Problem problem, Goal goal, Optional<List<LayerNorm>> norms) {
      return new LipSdp(this, problem, solve(problem, sharing, goal));
    }

    @Override
    public Optional<String> obstacle(Problem problem) {
      return problem.inequality().fromLargest() ? problem.otherCallee() : Optional.empty();
    }

    /** Multipliers next to the best ones, clear of singular by 1e-5, not checked yet. */
    Optional<OptimalMultipliers.Candidate> of(Problem problem, Goal goal) {
      return solve(problem, sharing, goal) instanceof Outcome.Solved(OptimalMultipliers optimal)
          ? optimal.candidates(problem.deadline()).reduce((_, clearer) -> clearer)
          : Optional.empty();
    }

    /**
     * Multipliers in the middle of those that prove a bound, not checked yet.
     *
     * @param left how much of the square of the bound may be left to gain, relative
     */
    public Optional<OptimalMultipliers.Candidate> central(Problem problem, double left, Goal goal) {
      return solve(problem, sharing, OptionalDouble.of(left), goal)
              instanceof Outcome.Solved(OptimalMultipliers central)
          ? central.candidates(problem.deadline()).reduce((_, clearer) -> clearer)
          : Optional.empty();
    }

    /** Images of many pixels are bounded by frequency, in a hundredth of the time. */
    @Override
    public boolean pays(Problem problem) {
      boolean isImage = !ImagePart.of(problem.units()).isEmpty();
      if (isImage && Coordinates.ofMatrix(problem) > OptimalMultipliers.MAX_DENSE) {
        return false;
      }
      return problem.inequality().fromLargest()
          || problem.units().stream().anyMatch(LayerNorm::isDense);
    }

    @Override
    public LadderRung rung() {
      return LadderRung.ITERATION;
    }
  }

  private static Outcome solve(Problem problem, Sharing sharing, Goal goal) {
    return solve(problem, sharing, OptionalDouble.empty(), goal);
  }

  private static Outcome solve(Problem problem, Sharing sharing, OptionalDouble left, Goal goal) {
    if (goal.budget().isSpent()) {
      return new Outcome.Unsolved(goal.budget().spent());
    }
    int neurons = coordinates(problem);
    if (neurons > MAX_COORDINATES) {
      return tooLarge(neurons);
    }
    Optional<Outcome> tooMuch = tooMuchMemory(neurons);
    if (tooMuch.isPresent()) {
      return tooMuch.get();
    }
    RowInequality rows = rows(problem, sharing);
    if (rows.isConstant()) {
      double[] any = new double[rows.inequality().constraints().size()];
      return new Outcome.Constant(rows.multipliers(any, 0));
    }
    if (goal.budget().isSpent()) {
      return new Outcome.Unsolved(goal.budget().spent());
    }
    MatrixInequality inequality = rows.inequality().onReadInputs(problem.deadline());
    if (goal.budget().isSpent()) {
      return new Outcome.Unsolved(goal.budget().spent());
    }
    if (inequality.size() > MAX_COORDINATES) {
      return tooLarge(inequality.size());
    }
    if (inequality.inputs() == 0) {
      return new Outcome.Unsolved("double arithmetic rounds the weights that read the input to 0");
    }
    return GreedyElimination.run(problem, rule(problem, sharing, inequality.size()), goal.budget())
        .flatMap(greedy -> optimal(rows, inequality, greedy, left, goal))
        .<Outcome>map(Outcome.Solved::new)
        .orElse(new Outcome.Unsolved("no start is feasible in double arithmetic"));
  }

  /** The inequality over all neurons. */
  public static RowInequality rows(Problem problem, Sharing sharing) {
    return RowInequality.of(
        problem, gains(problem), unit -> problem.units().get(unit).size(), sharing);
  }

  /** The coordinates that stay: an input that is measured in linf is not eliminated. */
  private static int coordinates(Problem problem) {
    int inputs = problem.inequality().fromLargest() ? problem.inputSize() : 0;
    return inputs + Coordinates.of(problem);
  }

  private static Outcome tooLarge(int coordinates) {
    return new Outcome.Unsolved(
        "too large: " + coordinates + " coordinates, at most " + MAX_COORDINATES);
  }

  /**
   * The failure for a matrix that is too large, with the memory that it needs; {@code
   * OutOfMemoryError} would say less.
   */
  private static Optional<Outcome> tooMuchMemory(int coordinates) {
    double needed = MATRICES * 8.0 * coordinates * coordinates;
    double given = Runtime.getRuntime().maxMemory();
    return needed <= given
        ? Optional.empty()
        : Optional.of(
            new Outcome.Unsolved(
                "too large: %d coordinates take %.1f GB, and Java has %.1f GB (-Xmx)"
                    .formatted(coordinates, needed / 1e9, given / 1e9)));
  }

  private static Optional<OptimalMultipliers> optimal(
      RowInequality rows,
      MatrixInequality inequality,
      GreedyElimination.Result greedy,
      OptionalDouble left,
      Goal goal) {
    double rho = SLACK * greedy.rho();
    double[] start = rows.lambda(greedy.multipliers());
    Arrays.setAll(start, i -> rho * start[i]);
    double startRho = rows.inputs() * rho;
    return left.isPresent()
        ? OptimalMultipliers.central(rows, inequality, startRho, start, left.getAsDouble(), goal)
        : OptimalMultipliers.of(rows, inequality, startRho, start, goal);
  }

  /**
   * Half of the best multipliers is a start in the middle, from which few steps lead far. In a
   * large network steps are dear, and shorter: better ones are nearer, where they leave S clear of
   * singular, which matters where there is one for each neuron.
   */
  private static Rule rule(Problem problem, Sharing sharing, int size) {
    if (size <= OptimalMultipliers.MAX_DENSE
        || IntStream.range(0, problem.units().size()).anyMatch(i -> isNearSingular(problem, i))) {
      return Rule.HALVED;
    }
    return switch (sharing) {
      case PER_ROW -> Rule.LOOK_AHEAD_INSIDE;
      case PER_UNIT -> Rule.LOOK_AHEAD_PER_LAYER;
    };
  }

  /** Whether the best multiplier for the unit makes a pivot singular. */
  private static boolean isNearSingular(Problem problem, int unit) {
    return switch (problem.units().get(unit)) {
      case Unit.Input _, Unit.Linear _ -> false;
      case Unit.Activation activation -> {
        boolean groups = activation.function() instanceof ActivationFunction.OfGroups;
        yield problem.slopes(unit).free().stream()
            .anyMatch(slopes -> groups || slopes.alpha() == -slopes.beta());
      }
      case Unit.GainOnly _ -> true;
    };
  }

  /** The units of which nothing but a gain is known. */
  private static Map<Integer, Double> gains(Problem problem) {
    Map<Integer, Double> gains = new HashMap<>();
    for (int i = 0; i < problem.units().size(); i++) {
      if (problem.units().get(i) instanceof Unit.GainOnly unit) {
        gains.put(i, problem.gainOf(unit));
      }
    }
    return gains;
  }

  @Override
  public Search best() {
    return switch (outcome) {
      case Outcome.Unsolved unsolved -> new Search.Failed(unsolved.reason());
      case Outcome.Constant constant ->
          prover()
              .check(claim(0, constant.multipliers()), new PositivityWitness.ExactElimination())
              .<Search>map(Search.Found::new)
              .orElse(new Search.Failed("the checker did not accept that the output is constant"));
      case Outcome.Solved solved ->
          first(solved.optimal().candidates(problem.deadline()))
              .<Search>map(Search.Found::new)
              .orElseGet(() -> new Search.Failed(solved.optimal().why()));
    };
  }

  @Override
  public OptionalDouble limit() {
    return outcome instanceof Outcome.Solved solved
        ? solved.optimal().limit()
        : OptionalDouble.empty();
  }

  @Override
  public Optional<Subject> at(double bound) {
    return outcome instanceof Outcome.Solved solved
        ? first(solved.optimal().exactly(bound))
        : Optional.empty();
  }

  private Optional<Subject> first(Stream<OptimalMultipliers.Candidate> candidates) {
    int size = Coordinates.ofMatrix(problem);
    return candidates
        .map(candidate -> claim(candidate.bound(), candidate.multipliers()))
        .flatMap(claim -> prover().prove(claim, size).stream())
        .findFirst();
  }

  private Prover prover() {
    return new Prover(problem, kind.word());
  }

  private static Prover.Draft claim(double bound, List<Proof.Multiplier> multipliers) {
    return new Prover.Draft(bound, List.of(), List.of(), multipliers);
  }
}
