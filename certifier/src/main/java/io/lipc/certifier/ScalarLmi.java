package io.lipc.certifier;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.InteriorPoint.Ending;
import io.lipc.certifier.InteriorPoint.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The least bound that the matrix inequality over one-multiplier units proves. Its rows are whole
 * signals, as those of {@link NormProduct}; calls, dense units with a proved norm and maxmin enter
 * by their gain, elementwise activations by their slopes with one multiplier for each row. The
 * multipliers are found by {@link InteriorPoint}, so a signal that is read more than once counts as
 * what it is: {@code x - relu(x)} has 1, and its norm product 2.
 *
 * <p>The multipliers of the norm product solve the inequality too ({@link Prices}), and those of
 * slopes are no weaker than gains. So the optimum is never above the norm product, but for the
 * rounding of a proof.
 */
record ScalarLmi(Problem problem, List<LayerNorm> norms, Outcome outcome) implements BoundMethod {

  /** What became of the search for multipliers. */
  sealed interface Outcome {

    /** The output is the same for all inputs. */
    record Constant(RowInequality rows, RowCuts cuts) implements Outcome {}

    /**
     * The end of the interior-point method, and the strictly feasible point that it started from.
     */
    record Solved(
        RowInequality rows, RowCuts cuts, double startRho, List<Double> start, Result result)
        implements Outcome {}

    /** There are no multipliers, for this reason: a lower-case clause. */
    record Unsolved(String reason) implements Outcome {}
  }

  /** A share of the strictly feasible start that is added, and the bits that multipliers keep. */
  private record Rung(double share, int bits) {}

  private static final List<Rung> RUNGS =
      List.of(
          new Rung(1e-10, 30),
          new Rung(1e-9, 30),
          new Rung(1e-9, 53),
          new Rung(1e-8, 53),
          new Rung(1e-7, 53),
          new Rung(1e-6, 53),
          new Rung(1e-5, 53));

  /** An equality is only had with the exact multipliers: numbers of few bits, if any. */
  private static final int[] FEW_BITS = {4, 8, 12, 16, 20, 24};

  /** An iteration of the interior-point method costs some twenty products of this size. */
  private static final int MAX_COORDINATES = 200;

  /**
   * Searches for the multipliers.
   *
   * @param norms of all dense units of {@code problem}
   */
  static ScalarLmi of(Problem problem, List<LayerNorm> norms) {
    return new ScalarLmi(problem, List.copyOf(norms), solve(problem, norms));
  }

  /** Whether a product of norms can be beaten: something is called, or read more than once. */
  static boolean applies(Problem problem) {
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
    Map<Integer, Double> dense = new HashMap<>();
    norms.forEach(norm -> dense.put(norm.unit(), norm.gain().orElseThrow().gain()));
    UnitGains network = UnitGains.of(problem, dense);
    Map<Integer, Double> gains = gains(problem, network);
    RowCuts cuts = RowCuts.of(problem.units(), starters(problem, gains));
    int coordinates = RowInequality.coordinates(problem.units(), gains, cuts::rows);
    if (coordinates > MAX_COORDINATES) {
      return new Outcome.Unsolved(
          "too large: " + coordinates + " rows, at most " + MAX_COORDINATES);
    }
    RowInequality rows = RowInequality.of(problem, gains, cuts::rows);
    return rows.isConstant() ? new Outcome.Constant(rows, cuts) : solve(network, rows, cuts);
  }

  /** The start is that of the norm product with some slack for each unit. */
  private static Outcome solve(UnitGains network, RowInequality rows, RowCuts cuts) {
    MatrixInequality inequality = rows.inequality();
    // The slack multiplies along paths: this keeps its product small.
    Prices prices = Prices.of(network, 1.0 / Math.max(4, inequality.constraints().size()));
    if (!(prices.rho() > 0 && Double.isFinite(prices.rho()))) {
      return new Outcome.Unsolved("the product of norms overflows");
    }
    Map<Integer, Double> byUnit = new HashMap<>();
    prices.multipliers().forEach(m -> byUnit.put(m.unit(), m.values().getFirst()));
    double[] start = rows.lambda(byUnit);
    Result result = InteriorPoint.minimise(inequality, prices.rho(), start);
    return result.ending() == Ending.INFEASIBLE_START
        ? new Outcome.Unsolved("the multipliers of the norm product are not feasible in doubles")
        : new Outcome.Solved(
            rows, cuts, prices.rho(), Arrays.stream(start).boxed().toList(), result);
  }

  /** All units that are known by their gain only: not elementwise activations. */
  private static Map<Integer, Double> gains(Problem problem, UnitGains network) {
    Map<Integer, Double> gains = new HashMap<>();
    for (int i = 0; i < problem.units().size(); i++) {
      boolean slopes =
          problem.units().get(i) instanceof Unit.Activation activation
              && !Slopes.isMaxMin(activation);
      OptionalDouble gain = network.gains().get(i);
      if (gain.isPresent() && !slopes) {
        gains.put(i, gain.getAsDouble());
      }
    }
    return gains;
  }

  private static Set<Integer> starters(Problem problem, Map<Integer, Double> gains) {
    return IntStream.range(0, problem.units().size())
        .filter(i -> problem.units().get(i) instanceof Unit.Input || gains.containsKey(i))
        .boxed()
        .collect(Collectors.toSet());
  }

  @Override
  public Method method() {
    return Method.SCALAR_LMI;
  }

  @Override
  public Search best() {
    return switch (outcome) {
      case Outcome.Unsolved unsolved -> new Search.Failed(unsolved.reason());
      case Outcome.Constant constant -> zero(constant);
      case Outcome.Solved solved -> best(solved);
    };
  }

  private Search zero(Outcome.Constant constant) {
    double[] none = new double[constant.rows().inequality().constraints().size()];
    return prover()
        .check(
            claim(0, constant.rows(), constant.cuts(), none),
            new PositivityWitness.ExactElimination())
        .<Search>map(Search.Found::new)
        .orElse(new Search.Failed("the checker did not accept that the output is constant"));
  }

  /**
   * Near the optimum S is singular. So a share of the start, where S is positive definite, is added
   * to the multipliers; the least rho for them, once rounded, is a little enlarged.
   */
  private Search best(Outcome.Solved solved) {
    MatrixInequality inequality = solved.rows().inequality();
    for (Rung rung : RUNGS) {
      double[] lambda = towardsStart(solved, rung);
      OptionalDouble least = inequality.leastRho(lambda);
      double rho = least.orElse(Double.POSITIVE_INFINITY) * (1 + rung.share());
      double bound = Math.nextUp(Math.sqrt(Math.nextUp(rho)));
      if (rho >= 0 && Double.isFinite(bound)) {
        Optional<Subject> subject =
            prover().prove(claim(bound, solved.rows(), solved.cuts(), lambda), inequality.size());
        if (subject.isPresent()) {
          return new Search.Found(subject.get());
        }
      }
    }
    return new Search.Failed("the checker accepted none of the multipliers");
  }

  private static double[] towardsStart(Outcome.Solved solved, Rung rung) {
    double[] lambda = solved.result().lambda();
    double share = rung.share() * solved.result().rho() / solved.startRho();
    Arrays.setAll(lambda, i -> significant(lambda[i] + share * solved.start().get(i), rung.bits()));
    return lambda;
  }

  @Override
  public Optional<Subject> at(double bound) {
    if (!(outcome instanceof Outcome.Solved solved)) {
      return Optional.empty();
    }
    return IntStream.of(FEW_BITS)
        .mapToObj(
            bits ->
                Arrays.stream(solved.result().lambda())
                    .map(value -> significant(value, bits))
                    .toArray())
        .flatMap(
            lambda ->
                prover()
                    .prove(
                        claim(bound, solved.rows(), solved.cuts(), lambda),
                        solved.rows().inequality().size())
                    .stream())
        .findFirst();
  }

  private Prover prover() {
    return new Prover(problem, method());
  }

  private Prover.Claim claim(double bound, RowInequality rows, RowCuts cuts, double[] lambda) {
    List<Proof.Gain> gains = norms.stream().map(norm -> norm.gain().orElseThrow()).toList();
    return new Prover.Claim(bound, gains, cuts.segmentations(), rows.multipliers(lambda));
  }

  /** {@code value} rounded to so many significant bits. */
  private static double significant(double value, int bits) {
    int shift = bits - 1 - Math.getExponent(value);
    double scaled = Math.scalb(value, shift);
    return Double.isFinite(scaled) ? Math.scalb(Math.rint(scaled), -shift) : value;
  }
}
