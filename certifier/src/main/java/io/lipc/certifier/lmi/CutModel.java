package io.lipc.certifier.lmi;

import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The least rho that a few {@link MatrixCut}s allow, for multipliers in a box around (1, ..., 1):
 * damped Newton steps for
 *
 * <pre>
 * rho / mu - sum_j log det C_j(rho, lambda) - sum_i log (lambda_i - l) (u - lambda_i)
 * </pre>
 *
 * <p>with C_j the slacks of the cuts, and mu made smaller by and by. At the center for mu, at most
 * mu times the number of logarithms is left of rho. All matrices are small.
 */
final class CutModel {

  private static final int MAX_STEPS = 400;

  /** The factor of mu in each step. */
  private static final double SHARE = 0.2;

  /**
   * The share of the decrease below 1 that remains; 1 is the caller's point. The least point lies
   * at an end of the region of the cuts, behind which there often is no rho at all.
   */
  private static final double INNER = 0.2;

  /** The norm of a Newton step from which a point counts as the center. */
  private static final double CENTRED = 0.5;

  /** The decrease that is asked of a step, as a share of its slope's (Armijo). */
  private static final double DECREASE = 0.1;

  private static final int MAX_HALVINGS = 40;

  private static final int MAX_DOUBLINGS = 100;

  private final List<MatrixCut> cuts;
  private final double lower;
  private final double upper;
  private final int unknowns;
  private final int logarithms;
  private final Deadline deadline;

  private CutModel(List<MatrixCut> cuts, double reach, Deadline deadline) {
    this.deadline = deadline;
    this.cuts = cuts;
    this.lower = 1 / reach;
    this.upper = reach;
    this.unknowns = cuts.getFirst().slopes().size() + 1;
    this.logarithms = cuts.stream().mapToInt(MatrixCut::size).sum() + 2 * (unknowns - 1);
  }

  /**
   * A point that is nearly the least.
   *
   * @param limit a lower bound of rho in the box, but for rounding
   */
  record Least(double limit, double[] lambda) {}

  /**
   * Minimises rho.
   *
   * @param cuts at least one
   * @param reach more than 1: the box is from its reciprocal to it, in each multiplier
   * @param precision what may be left of rho, or a fifth of what is found below 1
   * @return empty if the cuts exclude all ones, in doubles
   */
  static Optional<Least> minimise(
      List<MatrixCut> cuts, double reach, double precision, Deadline deadline) {
    CutModel model = new CutModel(cuts, reach, deadline);
    return model.start().map(start -> model.minimise(start, precision));
  }

  /**
   * A point with its factors.
   *
   * @param y rho, then the multipliers
   * @param factors of the slacks
   */
  private record Point(double[] y, List<Cholesky> factors) {}

  private Optional<Point> start() {
    double[] y = new double[unknowns];
    Arrays.fill(y, 1);
    Optional<Point> start = Optional.empty();
    for (int k = 0; k < MAX_DOUBLINGS && start.isEmpty(); k++) {
      y[0] *= 2;
      start = point(y);
    }
    return start;
  }

  private Optional<Point> point(double[] y) {
    double[] lambda = Arrays.copyOfRange(y, 1, unknowns);
    if (!Arrays.stream(lambda).allMatch(value -> value > lower && value < upper)) {
      return Optional.empty();
    }
    List<Cholesky> factors = new ArrayList<>();
    for (MatrixCut cut : cuts) {
      Optional<Cholesky> factor = Cholesky.of(cut.slack(y[0], lambda), deadline);
      if (factor.isEmpty()) {
        return Optional.empty();
      }
      factors.add(factor.get());
    }
    return Optional.of(new Point(y.clone(), factors));
  }

  private Least minimise(Point start, double precision) {
    Point at = start;
    double mu = at.y[0];
    for (int k = 0; k < MAX_STEPS; k++) {
      Optional<Step> step = step(at, mu);
      Optional<Point> next = step.isEmpty() ? Optional.empty() : along(at, mu, step.get());
      at = next.orElse(at);
      if (next.isEmpty() || step.get().decrease <= CENTRED * CENTRED) {
        double limit = at.y[0] - 2 * mu * logarithms;
        if (mu * logarithms <= Math.max(precision, INNER * (1 - limit))) {
          break;
        }
        mu *= SHARE;
      }
    }
    // Near the center, twice as much covers for what it is off.
    return new Least(at.y[0] - 2 * mu * logarithms, Arrays.copyOfRange(at.y, 1, unknowns));
  }

  /**
   * A Newton step.
   *
   * @param decrease by how much it makes the barrier smaller, to first order: the square of its
   *     norm
   */
  private record Step(double[] direction, double decrease) {}

  private Optional<Step> step(Point at, double mu) {
    double[] slope = new double[unknowns];
    double[][] hessian = new double[unknowns][unknowns];
    slope[0] = -1 / mu;
    for (int j = 0; j < cuts.size(); j++) {
      add(slope, hessian, cuts.get(j), at.factors.get(j).inverse(deadline));
    }
    for (int i = 1; i < unknowns; i++) {
      double low = at.y[i] - lower;
      double high = upper - at.y[i];
      slope[i] += 1 / low - 1 / high;
      hessian[i][i] += 1 / (low * low) + 1 / (high * high);
    }
    return NormalEquations.of(hessian, deadline)
        .map(
            equations -> {
              double[] direction = equations.solve(slope);
              return new Step(direction, Dense.dot(direction, slope));
            });
  }

  private Optional<Point> along(Point at, double mu, Step step) {
    double from = barrier(at, mu);
    double length = 1;
    for (int k = 0; k < MAX_HALVINGS; k++) {
      double[] y = at.y.clone();
      Dense.addScaled(y, step.direction, length);
      double enough = from - DECREASE * length * step.decrease;
      Optional<Point> next = point(y).filter(point -> barrier(point, mu) <= enough);
      if (next.isPresent()) {
        return next;
      }
      length /= 2;
    }
    return Optional.empty();
  }

  private double barrier(Point at, double mu) {
    double value = at.y[0] / mu;
    for (Cholesky factor : at.factors) {
      value -= factor.logDeterminant();
    }
    for (int i = 1; i < unknowns; i++) {
      value -= Math.log(at.y[i] - lower) + Math.log(upper - at.y[i]);
    }
    return value;
  }

  /** With {@code F_0 = G} and {@code F_i = -M_i}: {@code tr(A F_i)} and {@code tr(A F_i A F_j)}. */
  private void add(double[] slope, double[][] hessian, MatrixCut cut, double[][] inverse) {
    List<double[][]> products = new ArrayList<>();
    products.add(product(inverse, cut.input(), 1));
    cut.slopes().forEach(matrix -> products.add(product(inverse, matrix, -1)));
    for (int i = 0; i < slope.length; i++) {
      double[][] transposed = Dense.transpose(products.get(i));
      for (int k = 0; k < cut.size(); k++) {
        slope[i] += transposed[k][k];
      }
      for (int j = 0; j <= i; j++) {
        double trace = 0;
        for (int k = 0; k < cut.size(); k++) {
          trace += Dense.dot(transposed[k], products.get(j)[k], 0, cut.size());
        }
        hessian[i][j] += trace;
        hessian[j][i] += i == j ? 0 : trace;
      }
    }
  }

  private double[][] product(double[][] symmetric, double[][] other, double sign) {
    double[][] product = new double[symmetric.length][symmetric.length];
    Dense.addTransposedProduct(product, symmetric, other, sign, deadline);
    return product;
  }
}
