package io.lipc.certifier.lmi;

import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.certifier.problem.Goal;
import io.lipc.linalg.BlockTridiagonal.Elimination;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import io.lipc.linalg.KrylovBasis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Minimises rho over a large {@link MatrixInequality} with few multipliers: a bundle method with
 * matrix cuts (Helmberg and Rendl, A spectral bundle method for semidefinite programming, SIAM J.
 * Optim. 10, 2000).
 *
 * <p>For given multipliers the least rho is the largest eigenvalue of minus the Schur complement on
 * the input, for rho = 0. It is convex in the multipliers. Where it was evaluated, the inequality
 * is known on the leading eigenvectors, each continued by what makes it worst in the other
 * coordinates; where some other block has no positive pivot, on its worst vectors, continued the
 * same way. These are {@link MatrixCut}s, which hold for all multipliers. The least point of the
 * last cuts, in a box around the best point so far, is evaluated next. An evaluation is one block
 * elimination: a Newton step of {@link BarrierMethod} takes as long as thirty.
 *
 * <p>No result of this class is a proof.
 */
final class SpectralBundle {

  /** The most multipliers: more make models dear, and need more models. */
  static final int MAX_MULTIPLIERS = 32;

  private static final int MAX_EVALUATIONS = 300;

  /** The number of cuts that are kept, the last ones. */
  private static final int MAX_CUTS = 16;

  /** The share of the decrease that the model promised from which on a point is the next center. */
  private static final double SERIOUS = 0.1;

  /** The share of it from which on the model is trusted further away. */
  private static final double TRUSTED = 0.5;

  /** The first distance from the center within which the model is believed, as a factor. */
  private static final double FIRST_REACH = 2;

  private static final double MAX_REACH = 1e3;

  /** A multiplier that is so near to the end of the box has come to it. */
  private static final double AT_END = 0.95;

  /** The accuracy to which a model is minimised, as a share of the remaining decrease. */
  private static final double OF_MODEL = 0.1;

  private final MatrixInequality inequality;
  private final int[] blocks;
  private final double left;
  private final Goal goal;

  private SpectralBundle(MatrixInequality inequality, double left, Goal goal) {
    this.inequality = inequality;
    this.blocks = inequality.blocks();
    this.left = left;
    this.goal = goal;
  }

  /**
   * Runs the method.
   *
   * @param rho positive
   * @param multipliers positive, one per constraint, with {@code S(rho, multipliers) > 0}
   * @param left what may be left of rho, relative, when it ends
   * @param goal when to end before the optimum
   */
  static Result minimise(
      MatrixInequality inequality, double rho, double[] multipliers, double left, Goal goal) {
    SpectralBundle bundle = new SpectralBundle(inequality, left, goal);
    Evaluation first = bundle.evaluate(multipliers, Optional.empty());
    return first
        .point
        .map(start -> bundle.run(start, first.cut))
        .orElse(result(rho, multipliers, 0, Ending.INFEASIBLE_START));
  }

  private static Result result(double rho, double[] lambda, int evaluations, Ending ending) {
    return new Result(rho, Arrays.stream(lambda).boxed().toList(), 0, evaluations, ending);
  }

  /**
   * Multipliers for which there is a rho.
   *
   * @param rho the least one
   * @param leading a basis of what is near the leading eigenvectors
   */
  private record Point(double[] lambda, double rho, double[][] leading) {}

  /**
   * The evaluation of some multipliers.
   *
   * @param point empty if there is no rho for them
   */
  private record Evaluation(MatrixCut cut, Optional<Point> point) {}

  private Evaluation evaluate(double[] lambda, Optional<Point> near) {
    Elimination made =
        inequality.matrix(0, lambda, blocks, goal.deadline()).eliminate(goal.deadline());
    boolean isFirst = made.block() == 0;
    double[][] worst = negative(made.rest());
    if (!isFirst) {
      shift(worst);
    }
    double[][] leading =
        near.filter(_ -> isFirst)
            .map(point -> KrylovBasis.of(worst, point.leading, goal.deadline()))
            .orElseGet(() -> KrylovBasis.of(worst, goal.deadline()));
    return new Evaluation(
        MatrixCut.of(
            inequality, made.extended(Dense.transpose(leading), goal.deadline()), goal.deadline()),
        isFirst
            ? Optional.of(new Point(lambda, Eigenvalues.largest(worst, goal.deadline()), leading))
            : Optional.empty());
  }

  private static double[][] negative(double[][] matrix) {
    double[][] negative = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      Dense.addScaled(negative[i], matrix[i], -1);
    }
    return negative;
  }

  /** Makes the largest eigenvalues the largest in magnitude. */
  private static void shift(double[][] matrix) {
    double norm = 0;
    for (double[] row : matrix) {
      norm = Math.max(norm, Arrays.stream(row).map(Math::abs).sum());
    }
    for (int i = 0; i < matrix.length; i++) {
      matrix[i][i] += norm;
    }
  }

  private Result run(Point start, MatrixCut cut) {
    Point center = start;
    double reach = FIRST_REACH;
    double gap = 1;
    Duration step = Duration.ZERO;
    List<MatrixCut> cuts = new ArrayList<>();
    cuts.add(cut);
    for (int evaluations = 1; evaluations <= MAX_EVALUATIONS; ) {
      goal.listener().steps(evaluations, gap);
      if (goal.isReached(center.rho)) {
        return result(center.rho, center.lambda, evaluations, Ending.REACHED);
      }
      Duration began = goal.budget().elapsed();
      if (!goal.budget().leaves(step)) {
        return result(center.rho, center.lambda, evaluations, Ending.OUT_OF_TIME);
      }
      Optional<CutModel.Least> least = least(cuts, center, reach);
      if (least.isEmpty()) {
        return result(center.rho, center.lambda, evaluations, Ending.STALLED);
      }
      gap = 1 - least.get().limit();
      if (gap <= left) {
        if (reach >= MAX_REACH || isWithin(least.get().lambda(), reach)) {
          return result(center.rho, center.lambda, evaluations, Ending.LITTLE_LEFT);
        }
        reach = Math.min(MAX_REACH, Math.pow(reach, 4));
        continue;
      }
      Evaluation next = evaluate(moved(center, least.get()), Optional.of(center));
      evaluations++;
      add(cuts, next.cut);
      double rho = next.point.map(Point::rho).orElse(Double.POSITIVE_INFINITY);
      double decrease = (center.rho - rho) / (gap * center.rho);
      if (decrease >= SERIOUS) {
        center = next.point.orElseThrow();
      }
      reach = reach(reach, decrease);
      step = goal.budget().elapsed().minus(began);
    }
    return result(center.rho, center.lambda, MAX_EVALUATIONS, Ending.OUT_OF_ITERATIONS);
  }

  /** The least point of the cuts, in units of the center. */
  private Optional<CutModel.Least> least(List<MatrixCut> cuts, Point center, double reach) {
    List<MatrixCut> inUnits =
        cuts.stream().map(cut -> cut.inUnits(center.rho, center.lambda)).toList();
    return CutModel.minimise(inUnits, reach, OF_MODEL * left, goal.deadline());
  }

  private static boolean isWithin(double[] factors, double reach) {
    double end = 1 + AT_END * (reach - 1);
    return Arrays.stream(factors).allMatch(factor -> factor < end && factor > 1 / end);
  }

  private static double[] moved(Point center, CutModel.Least least) {
    double[] lambda = center.lambda.clone();
    Arrays.setAll(lambda, i -> lambda[i] * least.lambda()[i]);
    return lambda;
  }

  private static void add(List<MatrixCut> cuts, MatrixCut cut) {
    cuts.add(cut);
    if (cuts.size() > MAX_CUTS) {
      cuts.remove(0);
    }
  }

  /**
   * The distance from the center within which the model is believed next.
   *
   * @param decrease of rho, as a share of what it promised
   */
  private static double reach(double reach, double decrease) {
    if (decrease >= TRUSTED) {
      return Math.min(MAX_REACH, reach * reach);
    }
    return decrease < -1 ? Math.sqrt(reach) : reach;
  }
}
