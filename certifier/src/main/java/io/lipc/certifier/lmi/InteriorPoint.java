package io.lipc.certifier.lmi;

import io.lipc.certifier.problem.Goal;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Minimises rho over {@link MatrixInequality}, by a primal-dual interior-point method: the HKM
 * direction (Helmberg, Rendl, Vanderbei and Wolkowicz, SIAM J. Optim. 6, 1996) with the
 * predictor-corrector of Mehrotra (SIAM J. Optim. 2, 1992).
 *
 * <p>With {@code F_0 = P_x}, {@code F_i = -Q_i}, {@code y = (rho, lambda)} and {@code X = S(y) >
 * 0}, the dual variables are {@code Z > 0} and {@code z > 0} with {@code tr(F_0 Z) = 1} and {@code
 * tr(Q_i Z) = z_i}; the dual value {@code tr(Y Z Y')} is then a lower bound of rho. One step solves
 * the linearisation of {@code X Z = mu I}, {@code lambda z = mu}:
 *
 * <pre>
 * dX = sum dy_i F_i        dZ = mu X^-1 - Z - sym(X^-1 dX Z) - C
 *                          dz = mu/lambda - z - (z/lambda) dlambda - c
 * O dy = mu tr(F_i X^-1) + (mu/lambda_i - c_i) - tr(F_i C) - e_0,  O_ij = tr(F_i X^-1 F_j Z) (+ z/lambda)
 * </pre>
 *
 * <p>where {@code C = sym(X^-1 dX dZ)} and {@code c = dlambda dz / lambda} are those of the
 * predictor. X is computed from y anew after each step, so it is exactly what y says; only the dual
 * side gathers rounding errors. No result of this class is a proof.
 *
 * <p>There may be several inequalities with the same rho and multipliers: X and Z are then block
 * diagonal, and traces are sums over blocks.
 *
 * <p>All is scaled such that the start is {@code y = (1, ..., 1)} and X has a diagonal in [1/2, 2]
 * there; the direction does not depend on such scaling, its rounding errors do.
 */
final class InteriorPoint {

  /** The ways in which the iteration ends. */
  enum Ending {
    /** Gap and dual residuals are within the tolerance. */
    CONVERGED,
    /** A further step would gain no more than the tolerance; there is no dual value. */
    LITTLE_LEFT,
    /** The goal's bound is reached. */
    REACHED,
    /** The goal's budget is spent, or a step more would spend it. */
    OUT_OF_TIME,
    /** No step of a useful length leads to a point where the factorisations succeed. */
    STALLED,
    /** The system for the direction could not be factored. */
    FACTORISATION_FAILED,
    /** The limit of iterations was reached. */
    OUT_OF_ITERATIONS,
    /** The start is not strictly feasible in doubles. */
    INFEASIBLE_START
  }

  /**
   * The last point whose S has a Cholesky factor in doubles, or the start if it has none.
   *
   * @param rho its objective
   * @param multipliers its lambda
   * @param dual the dual value: a lower bound of rho only as far as the residuals are small
   * @param iterations the number of steps taken
   */
  record Result(double rho, List<Double> multipliers, double dual, int iterations, Ending ending) {
    Result {
      multipliers = List.copyOf(multipliers);
    }

    /** The multipliers as an array of the caller's own. */
    double[] lambda() {
      return multipliers.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private static final int MAX_ITERATIONS = 100;

  private static final double TO_BOUNDARY = 0.95;

  /** Steps are shortened so often, if rounding defeats the distance to the boundary. */
  private static final int MAX_CUTS = 12;

  private static final double SHORTEST = 1e-6;

  /** How well the distance to the boundary is known; what is left of it covers for that. */
  private static final double NEAR = 1e-3;

  /** A gap relative to rho that is closed. */
  private static final double GAP = 2e-8;

  /** Residuals of dual feasibility, relative, with which a gap means something. */
  private static final double RESIDUAL = 1e-7;

  private final ScaledBlocks scaled;

  /** The value of rho for y_0 = 1. */
  private final double unit;

  private final double gap;
  private final Goal goal;
  private final int size;
  private final int unknowns;

  private InteriorPoint(ScaledBlocks scaled, double unit, double gap, Goal goal) {
    this.scaled = scaled;
    this.unit = unit;
    this.gap = gap;
    this.goal = goal;
    this.size = scaled.size();
    this.unknowns = scaled.constraints() + 1;
  }

  /**
   * Runs the method from a strictly feasible start.
   *
   * @param rho positive
   * @param multipliers positive, one per constraint, with {@code S(rho, multipliers) > 0}
   * @param goal when to end before the optimum
   */
  static Result minimise(MatrixInequality inequality, double rho, double[] multipliers, Goal goal) {
    return minimise(List.of(inequality), rho, multipliers, GAP, goal);
  }

  /**
   * Runs the method for several inequalities, all of which are to hold.
   *
   * @param rho positive
   * @param multipliers positive, one per constraint, with {@code S(rho, multipliers) > 0} in each
   * @param gap relative to rho, with which it ends
   * @param goal when to end before the optimum
   */
  static Result minimise(
      List<MatrixInequality> inequalities,
      double rho,
      double[] multipliers,
      double gap,
      Goal goal) {
    Optional<ScaledBlocks> scaled =
        ScaledBlocks.of(inequalities, rho, multipliers, goal.deadline());
    if (scaled.isPresent()) {
      InteriorPoint method = new InteriorPoint(scaled.get(), rho, gap, goal);
      Optional<Point> start = method.start();
      if (start.isPresent()) {
        return method.run(start.get());
      }
    }
    return new Result(
        rho, Arrays.stream(multipliers).boxed().toList(), 0, 0, Ending.INFEASIBLE_START);
  }

  /**
   * A strictly feasible primal point and positive dual variables.
   *
   * @param y rho, then the multipliers
   * @param x S(y)
   * @param dual Z
   * @param slack z, at the places of y; the first is not used
   */
  private record Point(
      double[] y,
      double[][][] x,
      List<Cholesky> xFactor,
      double[][][] dual,
      List<Cholesky> dualFactor,
      double[] slack) {}

  private record Direction(double[] y, double[][][] x, double[][][] dual, double[] slack) {}

  /** {@code Z = X^-1 / tr(F_0 X^-1)}, which makes {@code X Z} a multiple of the identity. */
  private Optional<Point> start() {
    double[] y = new double[unknowns];
    Arrays.fill(y, 1);
    double[][][] x = scaled.matrix(y);
    return factors(x).flatMap(factors -> start(y, x, factors));
  }

  private Optional<Point> start(double[] y, double[][][] x, List<Cholesky> factors) {
    double[][][] dual = inverses(factors);
    double mu = 1 / scaled.inputTrace(dual);
    for (double[][] block : dual) {
      for (double[] row : block) {
        Arrays.setAll(row, j -> row[j] * mu);
      }
    }
    double[] slack = new double[unknowns];
    Arrays.fill(slack, mu);
    return factors(dual).map(dualFactors -> new Point(y, x, factors, dual, dualFactors, slack));
  }

  private double[][][] inverses(List<Cholesky> factors) {
    return factors.stream()
        .map(factor -> factor.inverse(goal.deadline()))
        .toArray(double[][][]::new);
  }

  /** The factors of all blocks; empty if one has none. */
  private Optional<List<Cholesky>> factors(double[][][] blocks) {
    List<Cholesky> factors = new ArrayList<>();
    for (double[][] block : blocks) {
      Optional<Cholesky> factor = Cholesky.of(block, goal.deadline());
      if (factor.isEmpty()) {
        return Optional.empty();
      }
      factors.add(factor.get());
    }
    return Optional.of(factors);
  }

  private Result run(Point start) {
    Point at = start;
    Duration step = Duration.ZERO;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      goal.listener().steps(iteration, 1 - scaled.outputTrace(at.dual) / at.y[0]);
      if (isConverged(at)) {
        return result(at, iteration, Ending.CONVERGED);
      }
      if (goal.isReached(at.y[0] * unit)) {
        return result(at, iteration, Ending.REACHED);
      }
      Duration began = goal.budget().elapsed();
      if (!goal.budget().leaves(step)) {
        return result(at, iteration, Ending.OUT_OF_TIME);
      }
      Optional<Newton> newton = newton(at);
      if (newton.isEmpty()) {
        return result(at, iteration, Ending.FACTORISATION_FAILED);
      }
      Optional<Point> next = step(at, newton.get());
      if (next.isEmpty()) {
        return result(at, iteration, Ending.STALLED);
      }
      at = next.get();
      step = goal.budget().elapsed().minus(began);
    }
    return result(at, MAX_ITERATIONS, Ending.OUT_OF_ITERATIONS);
  }

  private Result result(Point at, int iterations, Ending ending) {
    return scaled.result(at.y, scaled.outputTrace(at.dual), iterations, ending);
  }

  private boolean isConverged(Point at) {
    double left = at.y[0] - scaled.outputTrace(at.dual);
    double[] residual = scaled.traces(at.dual);
    double largest = Math.abs(residual[0] - 1);
    for (int i = 1; i < unknowns; i++) {
      // The residual of a multiplier counts as much as the multiplier itself does in the gap.
      largest = Math.max(largest, Math.abs(residual[i] + at.slack[i]) * at.y[i] / at.y[0]);
    }
    return Math.abs(left) <= gap * at.y[0] && largest <= Math.max(RESIDUAL, gap);
  }

  /** {@code tr(X Z) + lambda' z}. */
  private double inner(double[] y, double[][][] x, double[][][] dual, double[] slack) {
    double sum = 0;
    for (int b = 0; b < x.length; b++) {
      for (int i = 0; i < x[b].length; i++) {
        sum += Dense.dot(x[b][i], dual[b][i], 0, x[b].length);
      }
    }
    return sum + Dense.dot(y, slack, 1, unknowns);
  }

  /**
   * The numbers that both directions of one iteration share.
   *
   * @param inverse {@code X^-1}
   * @param inverseTraces {@code tr(F_i X^-1)}
   * @param equations with the matrix O
   */
  private record Newton(double[][][] inverse, double[] inverseTraces, NormalEquations equations) {}

  private Optional<Newton> newton(Point at) {
    double[][][] inverse = inverses(at.xFactor);
    double[][] schur = scaled.schur(inverse, at.dual);
    for (int i = 1; i < unknowns; i++) {
      schur[i][i] += at.slack[i] / at.y[i];
    }
    return NormalEquations.of(schur, goal.deadline())
        .map(equations -> new Newton(inverse, scaled.traces(inverse), equations));
  }

  /**
   * Predictor, centring, corrector: the next point, if there is one at a useful distance. The share
   * of mu that is aimed at is the square of what the predictor alone would leave of it.
   */
  private Optional<Point> step(Point at, Newton newton) {
    Direction predictor = direction(at, newton, 0, Optional.empty());
    double primal = length(at.xFactor, predictor.x, at.y, predictor.y);
    double dual = length(at.dualFactor, predictor.dual, at.slack, predictor.slack);
    double mu = inner(at.y, at.x, at.dual, at.slack) / (size + unknowns - 1);
    double reached = reached(at, predictor, primal, dual) / (size + unknowns - 1);
    double ratio = Math.max(0, reached / mu);
    double centring = Math.clamp(ratio * ratio, 1e-6, 1);
    Direction corrector = direction(at, newton, centring * mu, Optional.of(predictor));
    return advance(
        at,
        corrector,
        length(at.xFactor, corrector.x, at.y, corrector.y),
        length(at.dualFactor, corrector.dual, at.slack, corrector.slack));
  }

  /** {@code tr(X Z) + lambda' z} after these steps. */
  private double reached(Point at, Direction to, double primal, double dual) {
    return inner(at.y, at.x, at.dual, at.slack)
        + primal * inner(to.y, to.x, at.dual, at.slack)
        + dual * inner(at.y, at.x, to.dual, to.slack)
        + primal * dual * inner(to.y, to.x, to.dual, to.slack);
  }

  private Direction direction(Point at, Newton newton, double mu, Optional<Direction> predictor) {
    double[] second = new double[unknowns];
    double[] right = new double[unknowns];
    double[][][] dual = BlockMatrices.sum(newton.inverse, mu, at.dual, -1);
    if (predictor.isPresent()) {
      Direction first = predictor.get();
      double[][][] both =
          BlockMatrices.halfProducts(newton.inverse, first.x, first.dual, goal.deadline());
      double[] traces = scaled.traces(both);
      for (int i = 0; i < unknowns; i++) {
        second[i] = i == 0 ? 0 : first.y[i] * first.slack[i] / at.y[i];
        right[i] = -traces[i] - second[i];
      }
      BlockMatrices.subtract(dual, both);
    }
    for (int i = 0; i < unknowns; i++) {
      right[i] += mu * newton.inverseTraces[i] + (i == 0 ? -1 : mu / at.y[i]);
    }
    double[] y = newton.equations.solve(right);
    double[] slack = new double[unknowns];
    for (int i = 0; i < unknowns; i++) {
      slack[i] = i == 0 ? 0 : mu / at.y[i] - at.slack[i] - at.slack[i] / at.y[i] * y[i] - second[i];
    }
    double[][][] x = scaled.linear(y);
    BlockMatrices.subtract(
        dual, BlockMatrices.halfProducts(newton.inverse, x, at.dual, goal.deadline()));
    return new Direction(y, x, dual, slack);
  }

  /**
   * The step that is taken to the boundary of the positive definite matrices and positive numbers,
   * at most 1.
   *
   * @param factors of the matrices that change by {@code change}
   */
  private double length(
      List<Cholesky> factors, double[][][] change, double[] numbers, double[] numbersChange) {
    double fastest = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < change.length; b++) {
      Cholesky factor = factors.get(b);
      double[][] moved = change[b];
      double least =
          Eigenvalues.least(
              v -> factor.forward(times(moved, factor.backward(v))),
              moved.length,
              NEAR,
              goal.deadline());
      fastest = Math.max(fastest, -least);
    }
    for (int i = 1; i < numbers.length; i++) {
      fastest = Math.max(fastest, -numbersChange[i] / numbers[i]);
    }
    return fastest <= TO_BOUNDARY ? 1 : TO_BOUNDARY / fastest;
  }

  private static double[] times(double[][] symmetric, double[] v) {
    double[] image = new double[v.length];
    Arrays.setAll(image, i -> Dense.dot(symmetric[i], v, 0, v.length));
    return image;
  }

  private Optional<Point> advance(Point at, Direction direction, double primal, double dual) {
    double primalStep = primal;
    double dualStep = dual;
    for (int cut = 0; cut < MAX_CUTS && primalStep > SHORTEST; cut++) {
      double[] y = sum(at.y, direction.y, primalStep);
      double[][][] x = scaled.matrix(y);
      double[][][] z = BlockMatrices.sum(direction.dual, dualStep, at.dual, 1);
      Optional<List<Cholesky>> xFactor = y[0] > 0 ? factors(x) : Optional.empty();
      Optional<List<Cholesky>> dualFactor = factors(z);
      if (xFactor.isPresent() && dualFactor.isPresent()) {
        double[] slack = sum(at.slack, direction.slack, dualStep);
        return Optional.of(new Point(y, x, xFactor.get(), z, dualFactor.get(), slack));
      }
      primalStep *= xFactor.isPresent() ? 1 : 0.75;
      dualStep *= dualFactor.isPresent() ? 1 : 0.75;
    }
    return Optional.empty();
  }

  private static double[] sum(double[] a, double[] b, double factor) {
    double[] sum = a.clone();
    Dense.addScaled(sum, b, factor);
    return sum;
  }
}
