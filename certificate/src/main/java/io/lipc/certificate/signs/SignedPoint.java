package io.lipc.certificate.signs;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.enclosure.Arithmetic;
import io.lipc.certificate.enclosure.Intervals;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.positivity.Ball;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One input with the signs of what its units read, enclosed; see {@link SignedPairs}. */
public final class SignedPoint {

  private final SignedPairs pairs;
  private final List<Range> differences;

  /** u0 and v0 of each constraint; 0 where signs are not used. */
  private final Range[] above;

  private final Range[] below;

  SignedPoint(SignedPairs pairs, double[] x) {
    this.pairs = pairs;
    List<List<Range>> signals =
        OutputRanges.ofUnits(pairs.evaluated(), Arrays.stream(x).mapToObj(Intervals::of).toList());
    this.differences = signals.getLast();
    this.above = new Range[pairs.constraints()];
    this.below = new Range[pairs.constraints()];
    for (int from = 0, end; from < above.length; from = end) {
      int unit = pairs.slope(from).unit();
      end = from;
      while (end < above.length && pairs.slope(end).unit() == unit) {
        end++;
      }
      read(from, end, signals.get(pairs.unit(from).operand()));
    }
  }

  /** The constraints of one unit, from what it reads. */
  private void read(int from, int end, List<Range> operand) {
    Unit.Activation unit = pairs.unit(from);
    KnownGroups known = unit.known();
    int size = known.size();
    List<Range> elements = unit.groups(size).of(operand);
    boolean kinked = pairs.isKinked(from);
    for (int k = from; k < end; k++) {
      int group = pairs.slope(k).group();
      Range read = Intervals.of(0);
      if (kinked) {
        Group rule = known.groups().get(group);
        Arithmetic.Sums<Range> sums =
            new Intervals().sums(elements.subList(group * size, group * size + size));
        int[] all = IntStream.range(0, size).toArray();
        read = sums.of(new LinearMap.Row(all, rule.read().apply(0)), 0);
      }
      double a = pairs.slope(k).slopes().lower();
      double b = pairs.slope(k).slopes().upper();
      Range steeper =
          a == 0 ? Intervals.of(b) : Intervals.difference(Intervals.of(b), Intervals.of(a));
      above[k] = times(steeper, Math.max(read.lower(), 0), Math.max(read.upper(), 0));
      below[k] = times(steeper, Math.max(-read.upper(), 0), Math.max(-read.lower(), 0));
    }
  }

  /** No factor is negative. */
  private static Range times(Range factor, double lower, double upper) {
    return new Range(down(factor.lower() * lower), Math.nextUp(factor.upper() * upper));
  }

  /** A number that is not negative, rounded down. */
  private static double down(double value) {
    return value > 0 ? Math.nextDown(value) : 0;
  }

  /** A lower bound of u0, the value less the line of the smaller slope. */
  public double above(int constraint) {
    return above[constraint].lower();
  }

  /** A lower bound of v0, the value less the line of the larger slope. */
  public double below(int constraint) {
    return below[constraint].lower();
  }

  /**
   * How much larger one output is than another, times the factor of their pair.
   *
   * @param first whether it is the first of the pair that has to stay larger
   * @param spare how much larger it has to stay
   * @return {@code m} less {@code spare}, rounded down
   */
  public double margin(int pair, boolean first, double spare) {
    Range m = differences.get(pair);
    return Math.nextDown((first ? m.lower() : -m.upper()) - Math.nextUp(pairs.scale(pair) * spare));
  }

  /**
   * The numbers that a search found; any prove something.
   *
   * @param sigma not negative: 0 stands for what is less
   * @param above A, at most {@code lambda v0}: what is more is cut off
   * @param below B, at most {@code lambda u0}: what is more is cut off
   * @param z about {@code Q^-1 c}
   */
  public record Found(double sigma, double[] above, double[] below, double[] z) {}

  /**
   * How far the input may move, in the distance of the certificate, while one output of a pair
   * stays more than {@code spare} above the other, in real arithmetic.
   *
   * @param first whether that is the first of the pair
   * @return rounded down; 0 where nothing is shown
   */
  public double radius(int pair, boolean first, double spare, Found found) {
    double least = least(pair, first, spare, found);
    // False for NaN.
    return least > 0 ? Math.nextDown(Math.sqrt(Math.nextDown(2 * least))) : 0;
  }

  /**
   * F, rounded down. A number that is not finite makes each ball that it is part of infinite or
   * NaN, as {@link Ball} says: so the result is NaN or minus infinity.
   */
  private double least(int pair, boolean first, double spare, Found found) {
    double[] lambda = pairs.lambda(pair);
    // Without a margin, which is at sigma = 0, F is not above 0.
    double sigma = Math.max(found.sigma(), 0);
    double value = Math.nextDown(sigma * margin(pair, first, spare));
    // 2 c'z - z'Qz, and c - Qz.
    Ball most = Ball.of(0);
    Rows.Sums rest = new Rows.Sums(pairs.coordinates());
    for (int k = 0; k < lambda.length; k++) {
      Ball a = Ball.of(-pairs.slope(k).slopes().lower());
      Ball b = Ball.of(-pairs.slope(k).slopes().upper());
      Ball p = pairs.p.times(k, found.z());
      Ball w = pairs.w.times(k, found.z());
      Ball du = w.plus(a.times(p));
      Ball dv = w.plus(b.times(p));
      double atMost = down(lambda[k] * below[k].lower());
      double orMost = down(lambda[k] * above[k].lower());
      boolean kinked = pairs.isKinked(k);
      Ball forU = Ball.of(kinked ? Math.min(found.above()[k], atMost) : 0);
      Ball forV = Ball.of(kinked ? Math.min(found.below()[k], orMost) : 0);
      value = Math.nextDown(value + worst(forU.middle(), above[k]));
      value = Math.nextDown(value + worst(forV.middle(), below[k]));
      Ball ofU = Ball.of(-lambda[k]).times(dv);
      Ball ofV = Ball.of(-lambda[k]).times(du);
      most = most.plus(twice(forU.times(du).plus(forV.times(dv)).plus(ofU.times(du))));
      Ball alongU = forU.plus(ofU);
      Ball alongV = forV.plus(ofV);
      rest.add(pairs.w, k, alongU.plus(alongV));
      rest.add(pairs.p, k, a.times(alongU).plus(b.times(alongV)));
    }
    Ball ofOutput = Ball.of(first ? sigma : -sigma);
    most = most.plus(twice(ofOutput.times(pairs.outputs.times(pair, found.z()))));
    rest.add(pairs.outputs, pair, ofOutput);
    double[] mu = pairs.mu(pair);
    for (int i = 0; i < mu.length; i++) {
      Ball pull = Ball.of(-mu[i]).times(Ball.of(found.z()[i]));
      most = most.plus(pull.times(Ball.of(found.z()[i])));
      rest.add(i, pull);
    }
    double bound = Math.nextUp(upper(most) + Math.nextUp(upper(rest.squares()) / pairs.delta));
    return Math.nextDown(value - bound / 2);
  }

  private static Ball twice(Ball ball) {
    return ball.plus(ball);
  }

  private static double upper(Ball ball) {
    return Math.nextUp(ball.middle() + ball.radius());
  }

  /** The least product of a factor and a number that is known within a range, rounded down. */
  private static double worst(double factor, Range range) {
    return Math.nextDown(Math.min(factor * range.lower(), factor * range.upper()));
  }
}
