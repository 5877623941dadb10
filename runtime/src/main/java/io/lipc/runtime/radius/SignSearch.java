package io.lipc.runtime.radius;

import io.lipc.certificate.signs.SignedPoint;
import io.lipc.certificate.signs.SignedPoint.Found;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The search for the numbers of {@link Found} at one input and for one pair.
 *
 * <p>With v = (sigma, A, B), half of the square of the radius is {@code l'v - v'Hv / 2}, {@code H =
 * G'Q^-1 G}, under upper bounds of each number and {@code sigma >= 0}: a concave function of
 * numbers with bounds. Each step goes once through all numbers, moves each to its best value and
 * half as far beyond, and back within its bounds (projected successive overrelaxation, which
 * converges for a positive semidefinite H; Cottle, Pang and Stone, The Linear Complementarity
 * Problem, section 5.2). It begins at A = B = 0, which is the radius of the pair's bound.
 */
final class SignSearch {

  private static final double BEYOND = 1.5;

  /** A step that gains less than this share of the value is the last one. */
  private static final double ENOUGH = 1e-5;

  private final double[][] gram;
  private final double[] linear;
  private final double[] lower;
  private final double[] upper;
  private final double[] v;

  /** {@code l - H v}. */
  private final double[] gradient;

  private SignSearch(double[][] gram, double[] linear, double[] lower, double[] upper) {
    this.gram = gram;
    this.linear = linear;
    this.lower = lower;
    this.upper = upper;
    this.v = new double[linear.length];
    this.gradient = linear.clone();
  }

  /**
   * Searches.
   *
   * @param kinked the constraints whose signs are used
   * @param lambda the multipliers of all constraints
   * @param margin how much larger one output is; negative where it is the second of the pair
   * @param target half of the square of a radius that is large enough
   * @param steps the most steps
   * @param isLate ends the search
   */
  static Found search(
      PairForm form,
      int[] kinked,
      double[] lambda,
      SignedPoint point,
      double margin,
      double target,
      int steps,
      BooleanSupplier isLate) {
    int count = kinked.length;
    double[] linear = new double[1 + 2 * count];
    double[] lower = new double[linear.length];
    double[] upper = new double[linear.length];
    Arrays.fill(lower, Double.NEGATIVE_INFINITY);
    linear[0] = margin;
    lower[0] = margin > 0 ? 0 : Double.NEGATIVE_INFINITY;
    upper[0] = margin > 0 ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < count; i++) {
      linear[1 + i] = point.above(kinked[i]);
      linear[1 + count + i] = point.below(kinked[i]);
      upper[1 + i] = lambda[kinked[i]] * point.below(kinked[i]);
      upper[1 + count + i] = lambda[kinked[i]] * point.above(kinked[i]);
    }
    SignSearch search = new SignSearch(form.gram(), linear, lower, upper);
    search.move(0, 1);
    search.run(target, steps, isLate);
    return search.found(form, kinked, lambda.length);
  }

  private void run(double target, int steps, BooleanSupplier isLate) {
    double before = value();
    for (int step = 0; step < steps && before < target && !isLate.getAsBoolean(); step++) {
      for (int i = 0; i < v.length; i++) {
        move(i, BEYOND);
      }
      double value = value();
      if (value - before <= ENOUGH * value) {
        return;
      }
      before = value;
    }
  }

  private double value() {
    double twice = 0;
    for (int i = 0; i < v.length; i++) {
      twice += (linear[i] + gradient[i]) * v[i];
    }
    return twice / 2;
  }

  private void move(int i, double share) {
    double curvature = gram[i][i];
    if (!(curvature > 0)) {
      return;
    }
    double next = Math.max(lower[i], Math.min(v[i] + share * gradient[i] / curvature, upper[i]));
    double by = next - v[i];
    if (by != 0) {
      v[i] = next;
      double[] row = gram[i];
      for (int k = 0; k < row.length; k++) {
        gradient[k] -= by * row[k];
      }
    }
  }

  private Found found(PairForm form, int[] kinked, int constraints) {
    double[] above = new double[constraints];
    double[] below = new double[constraints];
    for (int i = 0; i < kinked.length; i++) {
      above[kinked[i]] = v[1 + i];
      below[kinked[i]] = v[1 + kinked.length + i];
    }
    return new Found(Math.abs(v[0]), above, below, form.solution(v));
  }
}
