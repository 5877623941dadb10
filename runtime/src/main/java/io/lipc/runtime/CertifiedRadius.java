package io.lipc.runtime;

import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.runtime.radius.LocalOptions;
import io.lipc.runtime.radius.SignedRadius;
import java.util.Optional;

/**
 * The certified radius: how far an input may move, in the norm of the bound's input side, before
 * the decision of a network can change.
 *
 * <p>Let c be the winning class, f the exact network with bound L, and E a bound of |computed -
 * exact| per logit. {@code f_c - f_j} is {@code sqrt(2) L}-Lipschitz, because {@code |e_c - e_j|_2
 * = sqrt(2)}; where L is a bound to linf it is {@code 2 L}-Lipschitz, because {@code |e_c - e_j|_1
 * = 2}. A computed margin m at x is an exact margin of at least m - 2E; at x' it is at least {@code
 * m - 2E - sqrt(2) L |x - x'|}, and the margin computed there is lower by at most 2E again. So it
 * stays positive while {@code |x - x'| < (m - 4E) / (sqrt(2) L)}. A single logit of value y keeps
 * its sign while {@code |x - x'| < (|y| - 2E) / L}, for the same reason. Where there is a bound
 * {@code L_cj} of each {@code f_c - f_j}, class j cannot win while {@code |x - x'| < (m_j - 4E) /
 * L_cj}, with m_j the computed margin over j: the least of these distances is a radius.
 *
 * <p>E holds on the declared box of inputs, so x and x' have to lie in it. Every operation below
 * rounds towards the smaller radius.
 */
public final class CertifiedRadius {

  private static final double SQRT2_UP = Math.nextUp(Math.sqrt(2));

  private CertifiedRadius() {}

  /**
   * The radius for computed {@code float} logits.
   *
   * @param logits what the network gave at x: one score per class, or a single one whose sign
   *     decides
   * @param bound the certified bound of the network, to l2
   * @param maxError no computed logit differs from the exact one by more, on the whole box;
   *     infinite where no such number is known
   * @return a radius in the norm of the bound's input side, rounded down; 0 if nothing can be said
   */
  public static double of(float[] logits, double bound, double maxError) {
    return of(logits, bound, Math.nextUp(SQRT2_UP * bound), maxError);
  }

  /**
   * The radius for computed {@code float} logits of a network that is bounded to linf; see {@link
   * #of(float[], double, double)} for bounds to l2.
   *
   * @param logits what the network gave at x
   * @param bound the certified bound of the network, to linf
   * @param maxError no computed logit differs from the exact one by more, on the whole box
   * @return a radius in the norm of the bound's input side, rounded down; 0 if nothing can be said
   */
  public static double ofLinf(float[] logits, double bound, double maxError) {
    return of(logits, bound, 2 * bound, maxError);
  }

  /**
   * The radius for computed {@code float} logits by the claims that radii of a network rest on; see
   * {@link #of(float[], double, double)} and {@link #of(float[], PairBounds, double)}.
   *
   * @param logits what the network gave at x
   * @param claim the claims of the network
   * @param maxError no computed logit differs from the exact one by more, on the whole box
   * @return a radius in the distance of {@code claim}, rounded down; 0 if nothing can be said
   */
  public static double of(float[] logits, RadiusClaim claim, double maxError) {
    if (claim.pairs().isPresent()) {
      return of(logits, claim.pairs().get(), maxError);
    }
    double bound = claim.bound().bound();
    return claim.bound().ofEachOutput()
        ? ofLinf(logits, bound, maxError)
        : of(logits, bound, maxError);
  }

  /** The same for computed {@code double} logits; see {@link #of(float[], RadiusClaim, double)}. */
  public static double of(double[] logits, RadiusClaim claim, double maxError) {
    if (claim.pairs().isPresent()) {
      return of(logits, claim.pairs().get(), maxError);
    }
    double bound = claim.bound().bound();
    return claim.bound().ofEachOutput()
        ? ofLinf(logits, bound, maxError)
        : of(logits, bound, maxError);
  }

  /**
   * The radius for computed {@code float} logits, each margin by the bound of its own pair: {@code
   * (m_j - 4E) / L_cj}, the least over all other classes j.
   *
   * @param logits what the network gave at x, one score per class
   * @param pairs certified bounds of the differences of its outputs
   * @param maxError no computed logit differs from the exact one by more, on the whole box
   * @return a radius in the norm of the bounds' input side, rounded down; 0 if nothing can be said
   * @throws IllegalArgumentException if there is not one score for each output that the bounds are
   *     about
   */
  public static double of(float[] logits, PairBounds pairs, double maxError) {
    double[] same = new double[logits.length];
    for (int i = 0; i < same.length; i++) {
      same[i] = logits[i];
    }
    return of(same, pairs, maxError);
  }

  private static double of(float[] logits, double bound, double ofMargin, double maxError) {
    for (float logit : logits) {
      if (!Double.isFinite(logit)) {
        return 0;
      }
    }
    return logits.length == 1
        ? radius(Math.abs((double) logits[0]), 2 * maxError, bound)
        : radius(margin(logits), 4 * maxError, ofMargin);
  }

  /** The winner's lead over the runner-up, rounded down; not positive where there is a tie. */
  private static double margin(float[] logits) {
    float first = Math.max(logits[0], logits[1]);
    float second = Math.min(logits[0], logits[1]);
    for (int j = 2; j < logits.length; j++) {
      second = Math.max(second, Math.min(first, logits[j]));
      first = Math.max(first, logits[j]);
    }
    return Math.nextDown((double) first - second);
  }

  /**
   * The radius for computed {@code double} logits.
   *
   * @param logits what the network gave at x: one score per class, or a single one whose sign
   *     decides
   * @param bound the certified bound of the network, to l2
   * @param maxError no computed logit differs from the exact one by more, on the whole box;
   *     infinite where no such number is known
   * @return a radius in the norm of the bound's input side, rounded down; 0 if nothing can be said
   */
  public static double of(double[] logits, double bound, double maxError) {
    return of(logits, bound, Math.nextUp(SQRT2_UP * bound), maxError);
  }

  /**
   * The radius for computed {@code double} logits of a network that is bounded to linf; see {@link
   * #of(double[], double, double)} for bounds to l2.
   *
   * @param logits what the network gave at x
   * @param bound the certified bound of the network, to linf
   * @param maxError no computed logit differs from the exact one by more, on the whole box
   * @return a radius in the norm of the bound's input side, rounded down; 0 if nothing can be said
   */
  public static double ofLinf(double[] logits, double bound, double maxError) {
    return of(logits, bound, 2 * bound, maxError);
  }

  /**
   * The radius for computed {@code double} logits, each margin by the bound of its own pair; see
   * {@link #of(float[], PairBounds, double)}.
   *
   * @param logits what the network gave at x, one score per class
   * @param pairs certified bounds of the differences of its outputs
   * @param maxError no computed logit differs from the exact one by more, on the whole box
   * @return a radius in the norm of the bounds' input side, rounded down; 0 if nothing can be said
   * @throws IllegalArgumentException if there is not one score for each output that the bounds are
   *     about
   */
  public static double of(double[] logits, PairBounds pairs, double maxError) {
    if (logits.length != pairs.outputs()) {
      throw new IllegalArgumentException(
          logits.length + " scores, and bounds of the pairs of " + pairs.outputs() + " outputs");
    }
    int winner = winner(logits);
    if (winner < 0) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < logits.length; j++) {
      if (j != winner) {
        least = Math.min(least, against(j, logits, winner, pairs, maxError));
      }
    }
    return least;
  }

  /**
   * The same where radii may also look at the signs of what units read at the input: not below that
   * of the claim alone.
   *
   * @param input in the box for which {@code maxError} holds
   * @param logits the outputs at that input
   * @param signed of the claim, if it has what radii by signs rest on
   * @param options how long to search
   */
  public static double of(
      double[] input,
      double[] logits,
      RadiusClaim claim,
      Optional<SignedRadius> signed,
      LocalOptions options,
      double maxError) {
    if (signed.isEmpty()) {
      return of(logits, claim, maxError);
    }
    int winner = winner(logits);
    if (winner < 0) {
      return 0;
    }
    double[] byBound = ofEach(logits, winner, claim.pairs().orElseThrow(), maxError);
    return signed.get().of(input, winner, byBound, maxError, options);
  }

  /** The output of the largest score, the first of several; -1 if a score is not finite. */
  private static int winner(double[] logits) {
    int winner = 0;
    for (int i = 0; i < logits.length; i++) {
      if (!Double.isFinite(logits[i])) {
        return -1;
      }
      winner = logits[i] > logits[winner] ? i : winner;
    }
    return winner;
  }

  /** For each output but the winner, the radius within which it cannot win. */
  private static double[] ofEach(double[] logits, int winner, PairBounds pairs, double maxError) {
    double[] radii = new double[logits.length];
    for (int j = 0; j < radii.length; j++) {
      if (j != winner) {
        radii[j] = against(j, logits, winner, pairs, maxError);
      }
    }
    return radii;
  }

  private static double against(
      int other, double[] logits, int winner, PairBounds pairs, double maxError) {
    double margin = Math.nextDown(logits[winner] - logits[other]);
    return radius(margin, 4 * maxError, pairs.of(winner, other));
  }

  private static double of(double[] logits, double bound, double ofMargin, double maxError) {
    for (double logit : logits) {
      if (!Double.isFinite(logit)) {
        return 0;
      }
    }
    return logits.length == 1
        ? radius(Math.abs(logits[0]), 2 * maxError, bound)
        : radius(margin(logits), 4 * maxError, ofMargin);
  }

  /** The winner's lead over the runner-up, rounded down; not positive where there is a tie. */
  private static double margin(double[] logits) {
    double first = Math.max(logits[0], logits[1]);
    double second = Math.min(logits[0], logits[1]);
    for (int j = 2; j < logits.length; j++) {
      second = Math.max(second, Math.min(first, logits[j]));
      first = Math.max(first, logits[j]);
    }
    return Math.nextDown(first - second);
  }

  /** {@code (margin - error) / bound}, rounded down; 0 where that is NaN or not positive. */
  static double radius(double margin, double error, double bound) {
    double spare = Math.nextDown(margin - error);
    double radius = spare > 0 ? Math.nextDown(spare / bound) : 0;
    return radius > 0 ? radius : 0;
  }
}
