package io.lipc.certifier.lmi;

import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.certifier.problem.Goal;
import io.lipc.linalg.BlockTridiagonal;
import io.lipc.linalg.BlockTridiagonal.Factor;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Minimises rho over a large {@link MatrixInequality} whose S is block tridiagonal, by Newton steps
 * for its logarithmic barrier: the dual scaling method (Benson, Ye and Zhang, SIAM J. Optim. 10,
 * 2000). {@link InteriorPoint} takes fewer steps and ends nearer to the optimum; but its dual
 * variable is a matrix without zeros, of which it makes some ten products in each step. Here there
 * is only S, whose factor has its zeros, and the inverse.
 *
 * <p>With F_i, y and X = S(y) as there, {@code A = X^-1} and {@code a_i = tr(F_i A) + 1/y_i} (for
 * rho without the second term), the step for {@code y_0 / mu - log det X - sum_i log y_i} is
 *
 * <pre>
 * d = H^-1 (a - e_0 / mu)      H_ij = tr(F_i A F_j A) (+ 1/y_i^2)
 * </pre>
 *
 * <p>so that one factorisation of H gives the steps for all mu. The point is next to the center of
 * the mu whose step is shortest in the norm of H. While that is long, it is taken; then the tangent
 * of the path of centers besides, {@code -(1 - s) H^-1 e_0 / mu} as far as {@code s mu}, along
 * which {@code e_0' H^-1 e_0 / mu} of rho is left.
 *
 * <p>Each point is strictly feasible, so the search may end anywhere. No result of this class is a
 * proof.
 */
final class BarrierMethod {

  private static final int MAX_ITERATIONS = 100;

  private static final double TO_BOUNDARY = 0.7;

  private static final int MAX_CUTS = 12;

  private static final int MAX_DOUBLINGS = 8;

  /** How well the distance to the boundary is known; what is left of it covers for that. */
  private static final double NEAR = 1e-2;

  /** The shares of mu that may remain: the first one with a step of a good length is taken. */
  private static final double[] SHARES = {0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7};

  /** A step of a good length, as a share of the whole one. */
  private static final double GOOD = 0.3;

  /**
   * The distance to the center from which the tangent is taken: beyond, it leads to the boundary.
   */
  private static final double NEAR_CENTER = 0.6;

  private final ScaledInequality scaled;
  private final int[] bounds;
  private final double unit;
  private final double left;
  private final Goal goal;
  private final int unknowns;

  private BarrierMethod(
      ScaledInequality scaled, int[] bounds, double unit, double left, Goal goal) {
    this.scaled = scaled;
    this.bounds = bounds;
    this.unit = unit;
    this.left = left;
    this.goal = goal;
    this.unknowns = scaled.constraints() + 1;
  }

  /**
   * Runs the method from a strictly feasible start.
   *
   * @param rho positive
   * @param multipliers positive, one per constraint, with {@code S(rho, multipliers) > 0}
   * @param left what may be left of rho, relative, when it ends
   * @param goal when to end before the optimum
   */
  static Result minimise(
      MatrixInequality inequality, double rho, double[] multipliers, double left, Goal goal) {
    Optional<ScaledInequality> scaled =
        ScaledInequality.of(inequality, rho, multipliers, goal.deadline());
    if (scaled.isPresent()) {
      BarrierMethod method = new BarrierMethod(scaled.get(), inequality.blocks(), rho, left, goal);
      double[] y = new double[method.unknowns];
      Arrays.fill(y, 1);
      Optional<Point> start = method.point(y);
      if (start.isPresent()) {
        return method.run(start.get());
      }
    }
    return new Result(
        rho, Arrays.stream(multipliers).boxed().toList(), 0, 0, Ending.INFEASIBLE_START);
  }

  /**
   * A strictly feasible point.
   *
   * @param y rho, then the multipliers
   * @param factor of S(y)
   */
  private record Point(double[] y, Factor factor) {}

  private Optional<Point> point(double[] y) {
    return Arrays.stream(y).allMatch(value -> value > 0)
        ? scaled.matrix(y, bounds).factor(goal.deadline()).map(f -> new Point(y, f))
        : Optional.empty();
  }

  private Result run(Point start) {
    Point at = start;
    double gap = 1;
    Duration step = Duration.ZERO;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      goal.listener().steps(iteration, gap);
      if (goal.isReached(at.y[0] * unit)) {
        return result(at, iteration, Ending.REACHED);
      }
      Duration began = goal.budget().elapsed();
      if (!goal.budget().leaves(step)) {
        return result(at, iteration, Ending.OUT_OF_TIME);
      }
      Optional<Path> path = path(at);
      if (path.isEmpty()) {
        return result(at, iteration, Ending.FACTORISATION_FAILED);
      }
      Optional<Point> next = step(at, path.get());
      if (next.isEmpty()) {
        return result(at, iteration, Ending.STALLED);
      }
      gap = path.get().left() / at.y[0];
      at = next.get();
      step = goal.budget().elapsed().minus(began);
      if (gap <= left) {
        return result(at, iteration + 1, Ending.LITTLE_LEFT);
      }
    }
    return result(at, MAX_ITERATIONS, Ending.OUT_OF_ITERATIONS);
  }

  private Result result(Point at, int iterations, Ending ending) {
    return scaled.result(at.y, 0, iterations, ending);
  }

  /**
   * The steps from a point: {@code centring + u along} leads near the center for {@code (1 - u)
   * mu}.
   *
   * @param distance that of the center for mu, in the norm of H
   * @param left what is left of rho behind it
   * @param ofCentring {@code F(centring)}
   * @param ofAlong {@code F(along)}
   */
  private record Path(
      double mu,
      double distance,
      double left,
      double[] centring,
      double[] along,
      BlockTridiagonal ofCentring,
      BlockTridiagonal ofAlong) {

    double[] step(double u) {
      return combined(centring, along, u);
    }

    /** {@code F(step) v}. */
    double[] times(double u, double[] v) {
      return combined(ofCentring.times(v), ofAlong.times(v), u);
    }

    private static double[] combined(double[] centring, double[] along, double u) {
      double[] sum = centring.clone();
      Dense.addScaled(sum, along, u);
      return sum;
    }
  }

  private Optional<Path> path(Point at) {
    double[][] inverse = at.factor.inverse(goal.deadline());
    double[] slope = scaled.traces(inverse);
    double[][] hessian = scaled.schur(inverse, inverse);
    for (int i = 1; i < unknowns; i++) {
      slope[i] += 1 / at.y[i];
      hessian[i][i] += 1 / (at.y[i] * at.y[i]);
    }
    return NormalEquations.of(hessian, goal.deadline())
        .map(equations -> path(at, equations, slope));
  }

  private Path path(Point at, NormalEquations equations, double[] slope) {
    double[] first = new double[unknowns];
    first[0] = 1;
    double[] centring = equations.solve(slope);
    double[] along = equations.solve(first);
    double pull = Dense.dot(slope, along);
    double mu = pull > 0 ? along[0] / pull : at.y[0] / logarithms();
    Arrays.setAll(along, i -> -along[i] / mu);
    Dense.addScaled(centring, along, 1);
    // H centring is a - e_0 / mu.
    double square = Dense.dot(slope, centring) - centring[0] / mu;
    double distance = Math.sqrt(Math.max(0, square));
    return new Path(
        mu,
        distance,
        -along[0],
        centring,
        along,
        scaled.linear(centring, bounds),
        scaled.linear(along, bounds));
  }

  private int logarithms() {
    return scaled.size() + unknowns - 1;
  }

  /** The step to the center, or next to it along the path, to the least mu with a long step. */
  private Optional<Point> step(Point at, Path path) {
    if (path.distance > NEAR_CENTER) {
      return centred(at, path);
    }
    double u = 0;
    double length = 0;
    for (int k = 0; k < SHARES.length && length < GOOD; k++) {
      u = 1 - SHARES[k];
      length = length(at, path, u);
    }
    return advance(at, path.step(u), length);
  }

  /**
   * To the center: as far along Newton's step as doubling its length makes the barrier smaller. A
   * pivot that is near zero only doubles with the whole step.
   */
  private Optional<Point> centred(Point at, Path path) {
    double length = length(at, path, 0);
    Optional<Point> best = advance(at, path.centring, length);
    for (int k = 0; k < MAX_DOUBLINGS && best.isPresent(); k++) {
      length *= 2;
      Optional<Point> next = along(at, path.centring, length);
      if (next.isEmpty() || barrier(next.get(), path.mu) >= barrier(best.get(), path.mu)) {
        break;
      }
      best = next;
    }
    return best;
  }

  private double barrier(Point at, double mu) {
    double value = at.y[0] / mu - at.factor.logDeterminant();
    for (int i = 1; i < unknowns; i++) {
      value -= Math.log(at.y[i]);
    }
    return value;
  }

  private Optional<Point> along(Point at, double[] step, double length) {
    double[] y = at.y.clone();
    Dense.addScaled(y, step, length);
    return point(y);
  }

  private double length(Point at, Path path, double u) {
    return TO_BOUNDARY / Math.max(TO_BOUNDARY, shrinking(at, path.step(u), v -> path.times(u, v)));
  }

  private Optional<Point> advance(Point at, double[] step, double length) {
    double shorter = length;
    for (int cut = 0; cut < MAX_CUTS; cut++) {
      Optional<Point> next = along(at, step, shorter);
      if (next.isPresent()) {
        return next;
      }
      shorter *= 0.75;
    }
    return Optional.empty();
  }

  /**
   * The reciprocal of the step to the boundary; negative where there is none.
   *
   * @param matrix {@code F(step)}
   */
  private double shrinking(Point at, double[] step, Eigenvalues.Operator matrix) {
    double fastest =
        -Eigenvalues.least(
            v -> at.factor.forward(matrix.times(at.factor.backward(v))),
            scaled.size(),
            NEAR,
            goal.deadline());
    for (int i = 0; i < unknowns; i++) {
      fastest = Math.max(fastest, -step[i] / at.y[i]);
    }
    return fastest;
  }
}
