package io.lipc.certifier.bound;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certifier.lmi.MatrixInequality;
import io.lipc.certifier.lmi.OptimalMultipliers;
import io.lipc.certifier.lmi.RowInequality;
import io.lipc.certifier.lmi.RowInequality.Sharing;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.model.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The least bound that the matrix inequality over one-multiplier units proves. Its rows are whole
 * signals, as those of {@link NormProduct}; calls, dense units with a proved norm and activations
 * of groups enter by their gain, elementwise activations by their slopes with one multiplier for
 * each row. The multipliers are found by {@link io.lipc.certifier.lmi.InteriorPoint}, so a signal
 * that is read more than once counts as what it is: {@code x - relu(x)} has 1, and its norm product
 * 2.
 *
 * <p>The multipliers of the norm product solve the inequality too ({@link Prices}), and slopes are
 * no weaker than gains. So the optimum is never above the product of the same norms, but for the
 * rounding of a proof. Those of convolutions are norms on tori, where these prove any.
 */
public record ScalarLmi(Problem problem, List<LayerNorm> norms, Outcome outcome)
    implements BoundMethod {

  private static final String WORD = "scalar-lmi";

  /** The result of the search for multipliers. */
  sealed interface Outcome {

    /** The output is the same for all inputs. */
    record Constant(RowInequality rows, RowCuts cuts) implements Outcome {}

    /** Multipliers were found. */
    record Solved(OptimalMultipliers optimal, RowCuts cuts) implements Outcome {}

    /** No multipliers were found, for this reason: a lower-case clause. */
    record Unsolved(String reason) implements Outcome {}
  }

  /** An iteration of the interior-point method costs some twenty products of this size. */
  private static final int MAX_COORDINATES = 200;

  public ScalarLmi {
    norms = List.copyOf(norms);
  }

  /** The method, worth its time where it can beat a product of norms. */
  public static final class Kind implements BoundMethod.Kind {

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public BoundMethod of(Problem problem, Goal goal, Optional<List<LayerNorm>> norms) {
      List<LayerNorm> proved = norms.orElseGet(() -> LayerNorm.ofAll(problem));
      // This method takes few rows, and on a torus whole signals are rows.
      return new ScalarLmi(problem, proved, solve(problem, LayerNorm.onTori(proved)));
    }

    @Override
    public boolean pays(Problem problem) {
      return BoundMethod.Kind.super.pays(problem) && applies(problem);
    }

    @Override
    public boolean readsUnits() {
      return false;
    }

    @Override
    public LadderRung rung() {
      return LadderRung.PRODUCT;
    }

    @Override
    public boolean readsNorms() {
      return true;
    }
  }

  /** Whether a product of norms can be beaten: something is called, or read more than once. */
  private static boolean applies(Problem problem) {
    List<Integer> read =
        problem.units().stream().flatMap(unit -> unit.operands().stream()).toList();
    return problem.units().stream().anyMatch(Unit.Call.class::isInstance)
        || read.stream().distinct().count() < read.size();
  }

  private static Outcome solve(Problem problem, List<LayerNorm> norms) {
    var unproved = LayerNorm.firstUnproved(norms);
    if (unproved.isPresent()) {
      return new Outcome.Unsolved("no norm was proved for unit " + unproved.getAsInt());
    }
    UnitGains network = UnitGains.of(problem, norms);
    Map<Integer, Double> gains = gains(problem, network);
    RowCuts cuts = RowCuts.of(problem.units(), starters(problem, gains));
    int coordinates = RowInequality.coordinates(problem, gains, cuts::rows);
    if (coordinates > MAX_COORDINATES) {
      return new Outcome.Unsolved(
          "too large: " + coordinates + " rows, at most " + MAX_COORDINATES);
    }
    RowInequality rows = RowInequality.of(problem, gains, cuts::rows, Sharing.PER_ROW);
    return rows.isConstant()
        ? new Outcome.Constant(rows, cuts)
        : solve(network, rows, cuts, Goal.least(problem.deadline()));
  }

  /** The start is that of the norm product with some slack for each unit. */
  private static Outcome solve(UnitGains network, RowInequality rows, RowCuts cuts, Goal goal) {
    MatrixInequality inequality = rows.inequality();
    // The slack multiplies along paths: this keeps its product small.
    Prices prices = Prices.of(network, 1.0 / Math.max(4, inequality.constraints().size()));
    if (!(prices.rho() > 0 && Double.isFinite(prices.rho()))) {
      return new Outcome.Unsolved("the product of norms overflows");
    }
    double[] start = rows.lambda(prices.multipliers());
    return OptimalMultipliers.of(rows, inequality, prices.rho(), start, goal)
        .<Outcome>map(optimal -> new Outcome.Solved(optimal, cuts))
        .orElse(
            new Outcome.Unsolved(
                "the multipliers of the norm product are not feasible in doubles"));
  }

  /**
   * All units that are known by their gain only: not elementwise activations, unless their elements
   * have different slopes.
   */
  private static Map<Integer, Double> gains(Problem problem, UnitGains network) {
    Map<Integer, Double> gains = new HashMap<>();
    for (int i = 0; i < problem.units().size(); i++) {
      boolean slopes =
          problem.units().get(i) instanceof Unit.Activation activation
              && activation.function() instanceof ActivationFunction.OfElements
              && problem.slopes(i).shared().isPresent();
      OptionalDouble gain = network.gains().get(i);
      if (gain.isPresent() && !slopes && !isPartOfInput(problem, i)) {
        gains.put(i, gain.getAsDouble());
      }
    }
    return gains;
  }

  /**
   * Whether a selection is one of several inputs, which are kept as they are, in rows of one
   * element: no element is there twice.
   */
  private static boolean isPartOfInput(Problem problem, int unit) {
    return problem.units().get(unit)
            instanceof Unit.Linear(List<Integer> operands, LinearMap map, _)
        && Layer.selects(map)
        && problem.units().get(operands.getFirst()) instanceof Unit.Input input
        && input.size() <= MAX_COORDINATES / 2;
  }

  private static Set<Integer> starters(Problem problem, Map<Integer, Double> gains) {
    return IntStream.range(0, problem.units().size())
        .filter(i -> problem.units().get(i) instanceof Unit.Input || gains.containsKey(i))
        .boxed()
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<List<LayerNorm>> layerNorms() {
    return Optional.of(norms);
  }

  @Override
  public Search best() {
    return switch (outcome) {
      case Outcome.Unsolved unsolved -> new Search.Failed(unsolved.reason());
      case Outcome.Constant constant ->
          zero(constant)
              .<Search>map(Search.Found::new)
              .orElse(new Search.Failed("the checker did not accept that the output is constant"));
      case Outcome.Solved solved ->
          first(solved.optimal().candidates(problem.deadline()), solved)
              .<Search>map(Search.Found::new)
              .orElse(new Search.Failed("the checker accepted none of the multipliers"));
    };
  }

  @Override
  public Optional<Subject> at(double bound) {
    return outcome instanceof Outcome.Solved solved
        ? first(solved.optimal().exactly(bound), solved)
        : Optional.empty();
  }

  private Optional<Subject> zero(Outcome.Constant constant) {
    double[] any = new double[constant.rows().inequality().constraints().size()];
    Prover.Draft claim = claim(0, constant.cuts(), constant.rows().multipliers(any, 0));
    return prover().check(claim, new PositivityWitness.ExactElimination());
  }

  private Optional<Subject> first(
      Stream<OptimalMultipliers.Candidate> candidates, Outcome.Solved solved) {
    int size = solved.optimal().inequality().size();
    return candidates
        .map(candidate -> claim(candidate.bound(), solved.cuts(), candidate.multipliers()))
        .flatMap(claim -> prover().prove(claim, size).stream())
        .findFirst();
  }

  private Prover prover() {
    return new Prover(problem, WORD);
  }

  private Prover.Draft claim(double bound, RowCuts cuts, List<Proof.Multiplier> multipliers) {
    return new Prover.Draft(
        bound, LayerNorm.gains(LayerNorm.onTori(norms)), cuts.segmentations(), multipliers);
  }
}
