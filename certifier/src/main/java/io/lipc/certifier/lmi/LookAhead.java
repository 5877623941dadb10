package io.lipc.certifier.lmi;

import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Multipliers of one layer, one for each neuron or one for all, that make the image of the next
 * layer small: the norm y of {@code G = W D^-1 W'}, where W is the matrix that reads the layer,
 * {@code D = 2 Lambda - s^2 Lambda Y Lambda} its pivot and Y the image of what it reads, for slopes
 * in [0, s] or [s, 0].
 *
 * <p>D is concave in the multipliers, so y is convex. In its place {@code tr(G^p)^(1/p)} is made
 * smaller, which has a gradient: with {@code K = D^-1 W'} and {@code B = K G^(p-1) K' / tr(G^p)},
 *
 * <pre>d log y / d log lambda_i = -2 lambda_i (B_ii - s^2 (Y Lambda B)_ii)</pre>
 */
final class LookAhead {

  /**
   * {@code p - 1 = 2^SQUARINGS}. With p = 5 the other eigenvalues count a little, and should: later
   * layers meet them too. Over a hundred layers that is better by a factor of six than p = 33.
   */
  private static final int SQUARINGS = 2;

  private static final double FIRST_STEP = 0.25;

  private final double[][] image;
  private final double[][] next;
  private final double square;
  private final boolean isShared;
  private final Deadline deadline;

  /**
   * Sets out.
   *
   * @param image Y
   * @param next W
   * @param slope s
   * @param isShared whether all neurons have one multiplier
   */
  LookAhead(double[][] image, double[][] next, double slope, boolean isShared, Deadline deadline) {
    this.deadline = deadline;
    this.isShared = isShared;
    this.image = image;
    this.next = next;
    this.square = slope * slope;
  }

  /**
   * A point, with its value.
   *
   * @param value log of the objective
   * @param gradient by the logarithms of the multipliers
   */
  private record Point(double[] lambda, double value, double[] gradient) {}

  /**
   * Better multipliers than {@code lambda}, or those.
   *
   * @param evaluations how many at most
   * @param hasTime whether there is time for one more; the first two are made in any case
   */
  double[] improve(double[] lambda, int evaluations, BooleanSupplier hasTime) {
    Optional<Point> start = evaluations > 0 ? point(lambda) : Optional.empty();
    if (start.isEmpty()) {
      return lambda;
    }
    Point best = start.get();
    double step = FIRST_STEP;
    for (int k = 1; k < evaluations && (k == 1 || hasTime.getAsBoolean()); k++) {
      Optional<Point> tried = point(moved(best, step));
      if (tried.isPresent() && tried.get().value < best.value) {
        best = tried.get();
        step *= 1.5;
      } else {
        step *= 0.4;
      }
    }
    return best.lambda;
  }

  private static double[] moved(Point from, double step) {
    double steepest = Arrays.stream(from.gradient).map(Math::abs).max().orElse(0);
    double[] lambda = from.lambda.clone();
    for (int i = 0; i < lambda.length && steepest > 0; i++) {
      lambda[i] *= Math.exp(-step * from.gradient[i] / steepest);
    }
    return lambda;
  }

  /** Empty where the pivot is not positive definite. */
  private Optional<Point> point(double[] lambda) {
    int n = lambda.length;
    double[][] pivot = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        pivot[i][j] = -square * lambda[i] * image[i][j] * lambda[j];
      }
      pivot[i][i] += 2 * lambda[i];
    }
    return Cholesky.of(pivot, deadline).map(factor -> point(lambda, factor));
  }

  private Point point(double[] lambda, Cholesky factor) {
    double[][] k = Dense.product(factor.inverse(deadline), Dense.transpose(next), deadline);
    double[][] g = Dense.product(next, k, deadline);
    double[][] power = g;
    double scale = trace(g);
    double log = 0;
    scale(g, 1 / scale);
    for (int i = 0; i < SQUARINGS; i++) {
      power = Dense.gram(power, deadline);
      double trace = trace(power);
      scale(power, 1 / trace);
      log = 2 * log + Math.log(trace);
    }
    double last = 0;
    for (int i = 0; i < g.length; i++) {
      last += Dense.dot(power[i], g[i]);
    }
    double value = Math.log(scale) + (log + Math.log(last)) / ((1 << SQUARINGS) + 1);
    return new Point(lambda, value, gradient(lambda, k, power, 1 / (last * scale)));
  }

  private double[] gradient(double[] lambda, double[][] k, double[][] power, double factor) {
    double[][] b = Dense.product(Dense.product(k, power, deadline), Dense.transpose(k), deadline);
    double[] gradient = new double[lambda.length];
    for (int i = 0; i < gradient.length; i++) {
      double rest = b[i][i];
      for (int j = 0; j < gradient.length; j++) {
        rest -= square * image[i][j] * lambda[j] * b[j][i];
      }
      gradient[i] = -2 * factor * lambda[i] * rest;
    }
    if (isShared) {
      Arrays.fill(gradient, Arrays.stream(gradient).sum());
    }
    return gradient;
  }

  private static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }

  private static void scale(double[][] matrix, double factor) {
    for (double[] row : matrix) {
      Arrays.setAll(row, j -> row[j] * factor);
    }
  }
}
