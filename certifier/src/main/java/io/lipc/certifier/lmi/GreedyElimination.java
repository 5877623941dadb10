package io.lipc.certifier.lmi;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Groups;
import io.lipc.certifier.problem.KnownSlopes;
import io.lipc.certifier.problem.LinearOperator;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import io.lipc.model.activation.SlopeBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Block LDL^T of the matrix inequality from the input to the output, with multipliers in closed
 * form.
 *
 * <p>With one multiplier for a layer whose pre-activations are Z, D the matrix so far, {@code Y = Z
 * D^-1 Z'}, y its norm and {@code M = max(|a|, |b|)}, the next pivot
 *
 * <pre>D_k = 2 lambda I - (a+b)^2 lambda^2 (I + 2ab lambda Y)^-1 Y</pre>
 *
 * <p>has the largest least eigenvalue, {@code 1 / (M^2 y)}, at {@code lambda = 1 / ((b-a) M y)}.
 * With D_0 = I the bound is {@code rho = |Y_out D^-1 Y_out'|}; multiplied by it, the multipliers
 * prove it.
 */
public final class GreedyElimination {

  /** The rules by which the multipliers of a layer are chosen. */
  public enum Rule {
    /** One for the layer: the formula above. */
    PER_LAYER,
    /**
     * One per neuron: {@code 1 / (b^2 sum_j |Y_ij|)} where a = 0; then {@code D_k >= Lambda},
     * because {@code diag(sum_j |Y_ij|) - Y} is diagonally dominant. Other units as above.
     */
    PER_NEURON,
    /**
     * One per neuron, where a or b is 0 and a single dense unit reads what the unit gives: such
     * that the image of that is small. Other units as above.
     */
    LOOK_AHEAD,
    /** The same, less a tenth: that costs 1 % in a layer, and keeps pivots clear of singular. */
    LOOK_AHEAD_INSIDE,
    /** As LOOK_AHEAD, with one multiplier for all neurons of the layer. */
    LOOK_AHEAD_PER_LAYER,
    /**
     * Half of the formula: worse in a chain, better where a later unit reads again what this one
     * read.
     */
    HALVED
  }

  /** A unit's pivot block: its least eigenvalue, for rho = 1. */
  public record Pivot(int unit, double least) {}

  /**
   * The result of the elimination.
   *
   * @param multipliers to be multiplied by rho
   * @param rho the square of the bound; 0 if the output does not depend on the input
   * @param pivots one per unit with a constraint, in order
   */
  public record Result(List<Proof.Multiplier> multipliers, double rho, List<Pivot> pivots) {}

  /**
   * The factor of a multiplier if a + b = 0, where the formula makes the pivot behind singular. A
   * little less costs 1.2e-7 of the bound and keeps it positive.
   */
  private static final double BELOW_SINGULAR = 1 - 0x1p-22;

  /** The multiplier of a unit whose output is known to be constant: any large number. */
  private static final double OF_CONSTANT = 0x1p40;

  /**
   * Larger multipliers leave the range of doubles: in a deep contraction they grow from layer to
   * layer. Smaller ones than the formula's are feasible, and prove a bound of 2^-150 still.
   */
  private static final double LARGEST = 0x1p300;

  /** Multiplications of one evaluation of {@link LookAhead}, in cubes of the layer's width. */
  private static final double PRODUCTS = 6;

  /** Here, some seconds. */
  private static final double MAX_PRODUCTS = 1.2e11;

  private static final double INSIDE = 0.9;

  /** Fewer take less than a second or two: the clock has no say, and results are the same. */
  private static final double FEW_PRODUCTS = 2e10;

  /** The share of what is left of the budget that unit after unit may take. */
  private static final double FOR_SEARCH = 0.5;

  private static final int MAX_EVALUATIONS = 16;

  private final Problem problem;
  private final List<Unit> units;
  private final Rule rule;
  private final GrowingMatrix matrix;
  private final List<Signal> signals = new ArrayList<>();
  private final List<Proof.Multiplier> multipliers = new ArrayList<>();
  private final int[] blockOfUnit;

  private final Budget budget;

  /** The number of trials for the multipliers of a layer, where they are searched for. */
  private final int evaluations;

  private final boolean isQuick;

  private GreedyElimination(Problem problem, Rule rule, Budget budget) {
    this.budget = budget;
    this.problem = problem;
    this.units = problem.units();
    this.rule = rule;
    this.matrix = new GrowingMatrix(problem.inputSize(), problem.deadline());
    this.blockOfUnit = new int[units.size()];
    Arrays.fill(blockOfUnit, -1);
    double products = 1;
    for (int i = 0; i < units.size(); i++) {
      products += PRODUCTS * Math.pow(Coordinates.of(problem, i), 3);
    }
    this.evaluations = (int) Math.min(MAX_EVALUATIONS, MAX_PRODUCTS / products);
    this.isQuick = evaluations * products <= FEW_PRODUCTS;
  }

  /**
   * Runs the elimination.
   *
   * @param budget in a large network a search for multipliers ends in time for the same in all
   *     later units, and half of what is left then
   * @return empty if a pivot is not positive in doubles
   */
  public static Optional<Result> run(Problem problem, Rule rule, Budget budget) {
    GreedyElimination elimination = new GreedyElimination(problem, rule, budget);
    for (int i = 0; i < problem.units().size(); i++) {
      problem.deadline().check();
      Optional<Signal> signal = elimination.signal(i);
      if (signal.isEmpty()) {
        return Optional.empty();
      }
      elimination.signals.add(signal.get());
    }
    return Optional.of(elimination.result());
  }

  private Result result() {
    Signal output = signals.getLast();
    double rho =
        output.isConstant() ? 0 : Eigenvalues.largest(matrix.image(output), problem.deadline());
    List<Pivot> pivots = new ArrayList<>();
    for (int i = 0; i < blockOfUnit.length; i++) {
      if (blockOfUnit[i] >= 0) {
        pivots.add(new Pivot(i, matrix.leastPivot(blockOfUnit[i])));
      }
    }
    return new Result(List.copyOf(multipliers), rho, List.copyOf(pivots));
  }

  private Optional<Signal> signal(int index) {
    return switch (units.get(index)) {
      case Unit.Input input -> Optional.of(Signal.ofBlock(0, input.size()));
      case Unit.Linear linear -> {
        List<Signal> operands = linear.operands().stream().map(signals::get).toList();
        Signal x = operands.size() == 1 ? operands.getFirst() : Signal.stack(operands);
        yield Optional.of(x.times(LinearOperator.of(problem, linear), problem.deadline()));
      }
      case Unit.GainOnly unit ->
          gain(index, signals.get(unit.operand()), problem.gainOf(unit), unit.size());
      case Unit.Activation activation ->
          activation(index, activation, signals.get(activation.operand()));
    };
  }

  private Optional<Signal> activation(int index, Unit.Activation activation, Signal z) {
    KnownSlopes known = problem.slopes(index);
    Optional<Groups> groups = Groups.of(activation);
    if (groups.isPresent()) {
      return grouped(index, groups.get(), known, z);
    }
    return known.isLinear() ? slopeUnit(index, z, known, 1, OF_CONSTANT) : slope(index, z, known);
  }

  private Optional<Signal> grouped(int index, Groups groups, KnownSlopes known, Signal z) {
    Signal p = z.times(groups.readAll(z.rows()), problem.deadline());
    double norm = Eigenvalues.largest(matrix.image(groups.passes() ? z : p), problem.deadline());
    double lambda =
        forAll(known, norm, slopes -> share(groups.passes()) * groups.multiplier(slopes, norm));
    return slopeUnit(index, p, known, groups.fresh(), lambda)
        .map(
            u ->
                z.times(groups.throughAll(z.rows()), problem.deadline())
                    .plus(u.times(groups.outAll(z.rows()), problem.deadline())));
  }

  /**
   * As {@code D >= z'z / y}, where y is the norm of the image, each row is a problem of its own. So
   * where rows differ, the least of their multipliers serves all of them: D is concave in it, and 0
   * for 0.
   */
  private Optional<Signal> slope(int index, Signal z, KnownSlopes known) {
    double[][] image = matrix.image(z);
    double norm = Eigenvalues.largest(image, problem.deadline());
    double all =
        forAll(
            known,
            norm,
            slopes ->
                share(slopes.alpha() + slopes.beta() == 0)
                    / ((slopes.beta() - slopes.alpha()) * slopes.gain() * norm));
    Optional<SlopeBounds> shared = known.shared();
    if (shared.isEmpty()) {
      return slopeUnit(index, z, known, 1, all);
    }
    boolean perNeuron = rule == Rule.PER_NEURON && shared.get().alpha() == 0;
    double[] lambda = new double[perNeuron ? z.rows() : 1];
    Arrays.fill(lambda, all);
    if (perNeuron) {
      perNeuron(lambda, image, shared.get().beta());
    }
    return slopeUnit(index, z, known, 1, ahead(index, image, shared.get(), lambda));
  }

  /**
   * The least of the multipliers that a rule gives for the slopes of each row that is not linear.
   */
  private static double forAll(
      KnownSlopes known, double norm, ToDoubleFunction<SlopeBounds> multiplier) {
    return norm > 0
        ? known.free().stream().mapToDouble(multiplier).min().orElse(OF_CONSTANT)
        : OF_CONSTANT;
  }

  /** The signal of the linear rows; zero where rows have a multiplier. */
  private static Signal fixed(Signal z, KnownSlopes known, int rows) {
    double[] factors = new double[z.rows()];
    for (int i = 0; i < factors.length; i++) {
      SlopeBounds slopes = known.each().get(i / rows);
      factors[i] = KnownSlopes.isFixed(slopes) ? slopes.alpha() : 0;
    }
    return z.scaled(factors);
  }

  private double[] ahead(int index, double[][] image, SlopeBounds slopes, double[] lambda) {
    Optional<double[][]> reader = reader(index);
    if (reader.isEmpty() || slopes.alpha() * slopes.beta() != 0) {
      return lambda;
    }
    double[] each = new double[image.length];
    Arrays.fill(each, lambda[0]);
    double slope = slopes.alpha() + slopes.beta();
    return switch (rule) {
      case PER_LAYER, PER_NEURON, HALVED -> lambda;
      case LOOK_AHEAD ->
          improved(
              index, new LookAhead(image, reader.get(), slope, false, problem.deadline()), each);
      case LOOK_AHEAD_INSIDE ->
          times(
              improved(
                  index,
                  new LookAhead(image, reader.get(), slope, false, problem.deadline()),
                  each),
              INSIDE);
      case LOOK_AHEAD_PER_LAYER ->
          Arrays.copyOf(
              improved(
                  index, new LookAhead(image, reader.get(), slope, true, problem.deadline()), each),
              1);
    };
  }

  private double[] improved(int index, LookAhead ahead, double[] lambda) {
    Budget own = budget.part(FOR_SEARCH / (units.size() - index));
    return ahead.improve(lambda, evaluations, () -> isQuick || !own.isSpent());
  }

  /** The matrix of the only unit that reads unit {@code index}. */
  private Optional<double[][]> reader(int index) {
    List<Unit> readers = units.stream().filter(unit -> unit.operands().contains(index)).toList();
    return readers.size() == 1
            && readers.getFirst() instanceof Unit.Linear linear
            && linear.map() instanceof Matrix
        ? Optional.of(LinearOperator.of(problem, linear).matrix(problem.deadline()))
        : Optional.empty();
  }

  /** The share of the best multiplier that is taken. */
  private double share(boolean singular) {
    return rule == Rule.HALVED ? 0.5 : singular ? BELOW_SINGULAR : 1;
  }

  /**
   * Rows with their slopes; those of one slope stay linear, and have no coordinate.
   *
   * @param rows how many neighbouring rows have the same slopes
   * @param lambda for each row, or one for all
   */
  private Optional<Signal> slopeUnit(
      int index, Signal z, KnownSlopes known, int rows, double... lambda) {
    Arrays.setAll(lambda, i -> Math.min(LARGEST, lambda[i]));
    if (problem.hasMultipliers(index)) {
      record(index, Proof.Constraint.SLOPE, lambda);
    }
    if (known.isLinear()) {
      return Optional.of(fixed(z, known, rows));
    }
    int[] free =
        IntStream.range(0, z.rows())
            .filter(i -> !KnownSlopes.isFixed(known.each().get(i / rows)))
            .toArray();
    if (free.length == z.rows()) {
      return freeRows(index, z, free, known, rows, lambda);
    }
    double[][] chosen = Dense.zeros(free.length, z.rows());
    for (int k = 0; k < free.length; k++) {
      chosen[k][free[k]] = 1;
    }
    return freeRows(index, z.times(chosen, problem.deadline()), free, known, rows, lambda)
        .map(u -> u.times(Dense.transpose(chosen), problem.deadline()).plus(fixed(z, known, rows)));
  }

  /** The rows {@code free} of those that have slopes; z are these alone. */
  private Optional<Signal> freeRows(
      int index, Signal z, int[] free, KnownSlopes known, int rows, double[] lambda) {
    if (z.isConstant()) {
      return Optional.of(Signal.constant(z.rows()));
    }
    double[] square = new double[free.length];
    double[] cross = new double[free.length];
    double[] own = new double[free.length];
    for (int k = 0; k < free.length; k++) {
      SlopeBounds slopes = known.each().get(free[k] / rows);
      double each = lambda[lambda.length == 1 ? 0 : free[k]];
      square[k] = each * (2 * slopes.alpha() * slopes.beta());
      cross[k] = each * -(slopes.alpha() + slopes.beta());
      own[k] = each * 2;
    }
    return addUnit(index, z, square, cross, own, z.rows());
  }

  private static void perNeuron(double[] lambda, double[][] image, double b) {
    for (int i = 0; i < lambda.length; i++) {
      double sum = 0;
      for (double entry : image[i]) {
        sum += Math.abs(entry);
      }
      if (sum > 0) {
        lambda[i] = 1 / (b * b * sum);
      }
    }
  }

  private Optional<Signal> gain(int index, Signal z, double gain, int size) {
    double norm = Eigenvalues.largest(matrix.image(z), problem.deadline());
    if (!(gain * gain * norm > 0)) {
      record(index, Proof.Constraint.GAIN, new double[] {OF_CONSTANT});
      return Optional.of(Signal.constant(size));
    }
    double lambda = Math.min(LARGEST, share(true) / (gain * gain * norm));
    record(index, Proof.Constraint.GAIN, new double[] {lambda});
    double[] square = new double[z.rows()];
    double[] own = new double[size];
    Arrays.fill(square, -lambda * gain * gain);
    Arrays.fill(own, lambda);
    return addUnit(index, z, square, new double[z.rows()], own, size);
  }

  private Optional<Signal> addUnit(
      int index, Signal z, double[] square, double[] cross, double[] own, int size) {
    blockOfUnit[index] = matrix.size();
    return matrix.add(z, square, cross, own)
        ? Optional.of(Signal.ofBlock(blockOfUnit[index], size))
        : Optional.empty();
  }

  private void record(int unit, Proof.Constraint constraint, double[] values) {
    multipliers.add(new Proof.Multiplier(unit, constraint, Arrays.stream(values).boxed().toList()));
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }
}
