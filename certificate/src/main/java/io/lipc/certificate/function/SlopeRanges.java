package io.lipc.certificate.function;

import static java.lang.Math.nextDown;
import static java.lang.Math.nextUp;

import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.SlopeTable;
import io.lipc.certificate.function.PiecewiseLinear.Piece;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Ranges of the slopes {@code (f(u) - f(v)) / (u - v)} of elementwise functions, for all different
 * u and v in a range of arguments.
 *
 * <p>Each function is continuous, and differentiable but for finitely many kinks. So a slope is a
 * mean of derivatives between u and v, and a range that holds all derivatives inside of the range
 * of arguments holds it: the kinks, and the ends of the arguments, do not count. Of a single
 * argument there are no slopes, and any range is true. The derivatives:
 *
 * <ul>
 *   <li>pieces of straight lines have those of the pieces;
 *   <li>{@code 1 - tanh^2}, the sigmoid's {@code s(t) s(-t)} and softsign's {@code (1 + |t|)^-2}
 *       fall with |t|; softplus has the sigmoid, which rises, and the sine has the cosine, whose
 *       extremes are the multiples of pi;
 *   <li>elu, celu and selu have {@code alpha e^t}, {@code e^(t / alpha)} and {@code s a e^t} below
 *       0, which rise, and 1, 1 and s above; hard_swish has {@code t / 3 + 1/2} between -3 and 3, 0
 *       below and 1 above;
 *   <li>silu has {@code s(t) (1 + t s(-t))}, gelu {@code P(t) + t p(t)} with the normal
 *       distribution and its density, mish {@code T + t (1 - T^2) s(t)} with {@code T =
 *       tanh(softplus(t))}, gelu_tanh {@code s(w) + t w' s(w) s(-w)} with {@code w = c t + d t^3}:
 *       these are evaluated with ranges in place of numbers, over {@link #CELLS} parts of the
 *       arguments.
 * </ul>
 *
 * <p>The result is cut by the row of {@link SlopeTable}, which holds everywhere. An operation of
 * doubles is rounded outward by one double; exp is within an ulp (specification of {@link
 * StrictMath}), which two doubles are.
 */
public final class SlopeRanges {

  private static final int CELLS = 32;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final Range NOTHING_KNOWN = new Range(-INFINITY, INFINITY);
  private static final Range ZERO = new Range(0, 0);
  private static final Range ONE = new Range(1, 1);

  private static final Curve TANH = Curves.tanh();
  private static final Curve SIGMOID = Curves.sigmoid();
  private static final Curve SOFTPLUS = Curves.softplus();

  /** The constants of gelu_tanh, {@code 2 sqrt(2 / pi)} and 0.044715 times that. */
  private static final Range GELU_LINEAR = around(1.5957691216057308);

  private static final Range GELU_CUBIC = around(0.07135481627260025);

  private SlopeRanges() {}

  /**
   * The slopes of a function between any two arguments.
   *
   * @param t where the arguments are
   */
  public static Range over(OfElements function, Range t) {
    SlopeTable.Slopes everywhere = SlopeTable.slopes(function);
    return derivative(function, t).and(new Range(everywhere.lower(), everywhere.upper()));
  }

  private static Range derivative(OfElements function, Range t) {
    return switch (function.kind()) {
      case RELU, RELU6, HARD_TANH, ABS, LEAKY_RELU ->
          pieces((PiecewiseLinear) Elementwise.of(function), t);
      case TANH -> ofTanh(t);
      case SIGMOID -> ofSigmoid(t);
      case SOFTPLUS -> SIGMOID.over(t);
      case SOFTSIGN -> ofSoftsign(t);
      case SIN -> cosine(t);
      case HARD_SIGMOID -> parts(t, -3, ZERO, around(1.0 / 6), 3, ZERO);
      case HARD_SWISH -> parts(t, -3, ZERO, ofHardSwish(t), 3, ONE);
      case ELU -> bent(t, times(constant(function), exponential(t)), ONE);
      case CELU -> bent(t, exponential(quotient(t, constant(function).lower())), ONE);
      case SELU ->
          bent(
              t,
              times(around(Exponentials.SELU_SCALE_ALPHA), exponential(t)),
              around(Exponentials.SELU_SCALE));
      case SILU -> cells(t, SlopeRanges::ofSilu);
      case GELU -> cells(t, SlopeRanges::ofGelu);
      case GELU_TANH -> cells(t, SlopeRanges::ofGeluTanh);
      case MISH -> cells(t, SlopeRanges::ofMish);
    };
  }

  /** A real constant whose nearest double, or one beside it, is given. */
  private static Range around(double nearest) {
    return new Range(nextDown(nearest), nextUp(nearest));
  }

  private static Range constant(OfElements function) {
    double value = function.constants().getFirst();
    return new Range(value, value);
  }

  private static Range sum(Range a, Range b) {
    return new Range(nextDown(a.lower() + b.lower()), nextUp(a.upper() + b.upper()));
  }

  /** The extremes are products of ends; zero times what has no end is zero. */
  private static Range times(Range a, Range b) {
    double[] ends = {
      product(a.lower(), b.lower()), product(a.lower(), b.upper()),
      product(a.upper(), b.lower()), product(a.upper(), b.upper())
    };
    double least = Math.min(Math.min(ends[0], ends[1]), Math.min(ends[2], ends[3]));
    double most = Math.max(Math.max(ends[0], ends[1]), Math.max(ends[2], ends[3]));
    return new Range(nextDown(least), nextUp(most));
  }

  private static double product(double a, double b) {
    return a == 0 || b == 0 ? 0 : a * b;
  }

  private static Range quotient(Range a, double positive) {
    return new Range(nextDown(a.lower() / positive), nextUp(a.upper() / positive));
  }

  private static Range reflected(Range t) {
    return new Range(-t.upper(), -t.lower());
  }

  /** Whether a piece from {@code from} to {@code end} has more than an end in common with t. */
  private static boolean meets(Range t, double from, double end) {
    return (from < t.upper() && end > t.lower()) || (from <= t.lower() && end >= t.upper());
  }

  private static Range pieces(PiecewiseLinear function, Range t) {
    List<Piece> pieces = function.pieces();
    return IntStream.range(0, pieces.size())
        .filter(i -> meets(t, pieces.get(i).from(), end(pieces, i)))
        .mapToObj(i -> point(pieces.get(i).slope()))
        .reduce(Range::hull)
        .orElse(NOTHING_KNOWN);
  }

  private static double end(List<Piece> pieces, int i) {
    return i + 1 < pieces.size() ? pieces.get(i + 1).from() : INFINITY;
  }

  /** Three pieces, the middle one between {@code from} and {@code end}. */
  private static Range parts(
      Range t, double from, Range below, Range inside, double end, Range above) {
    Range slopes = meets(t, from, end) ? inside : t.lower() < end ? below : above;
    slopes = meets(t, -INFINITY, from) ? slopes.hull(below) : slopes;
    return meets(t, end, INFINITY) ? slopes.hull(above) : slopes;
  }

  /** Two pieces, which meet at 0; the one below has been given arguments above as well. */
  private static Range bent(Range t, Range below, Range above) {
    Range slopes = meets(t, -INFINITY, 0) ? below : above;
    return meets(t, 0, INFINITY) ? slopes.hull(above) : slopes;
  }

  /** {@code e^t} for the part of t that is not positive. */
  private static Range exponential(Range t) {
    double lower = StrictMath.exp(Math.min(t.lower(), 0));
    double upper = StrictMath.exp(Math.min(t.upper(), 0));
    return new Range(nextDown(nextDown(lower)), Math.min(1, nextUp(nextUp(upper))));
  }

  private static Range ofHardSwish(Range t) {
    return sum(quotient(t, 3), new Range(0.5, 0.5));
  }

  private static Range magnitudes(Range t) {
    return new Range(t.leastMagnitude(), t.magnitude());
  }

  private static Range ofTanh(Range t) {
    Range y = magnitudes(TANH.over(t));
    return new Range(
        Math.max(0, nextDown(1 - nextUp(y.upper() * y.upper()))),
        Math.min(1, nextUp(1 - nextDown(y.lower() * y.lower()))));
  }

  private static Range ofSigmoid(Range t) {
    Range size = magnitudes(t);
    double least = sigmoidSlope(size.upper()).lower();
    double most = sigmoidSlope(size.lower()).upper();
    return new Range(Math.max(0, least), most);
  }

  /** At a single argument. */
  private static Range sigmoidSlope(double t) {
    return times(SIGMOID.over(point(t)), SIGMOID.over(point(-t)));
  }

  private static Range point(double t) {
    return new Range(t, t);
  }

  private static Range ofSoftsign(Range t) {
    double most = nextUp(1 + t.magnitude());
    double least = nextDown(1 + t.leastMagnitude());
    return new Range(nextDown(1 / nextUp(most * most)), nextUp(1 / nextDown(least * least)));
  }

  /** The computed cosine is within an ulp, which is at most 2^-52. */
  private static Range cosine(Range t) {
    if (!(t.magnitude() < Curve.FAR)) {
      return new Range(-1, 1);
    }
    double first = StrictMath.cos(t.lower());
    double last = StrictMath.cos(t.upper());
    return new Range(
        Curve.reaches(t, 0.5) ? -1 : Math.min(first, last) - 0x1p-51,
        Curve.reaches(t, 0) ? 1 : Math.max(first, last) + 0x1p-51);
  }

  /** The parts hold all of t, wherever a rounding puts the places between them. */
  private static Range cells(Range t, UnaryOperator<Range> derivative) {
    double step = t.upper() / CELLS - t.lower() / CELLS;
    double[] ends =
        IntStream.rangeClosed(0, CELLS).mapToDouble(k -> t.lower() + k * step).toArray();
    ends[0] = t.lower();
    ends[CELLS] = t.upper();
    return IntStream.range(0, CELLS)
        .mapToObj(k -> new Range(Math.min(ends[k], ends[k + 1]), Math.max(ends[k], ends[k + 1])))
        .map(derivative)
        .reduce(Range::hull)
        .orElseThrow();
  }

  private static Range ofSilu(Range t) {
    return times(SIGMOID.over(t), sum(ONE, times(t, SIGMOID.over(reflected(t)))));
  }

  private static Range ofGelu(Range t) {
    return sum(normal(t), times(t, density(t)));
  }

  private static Range ofMish(Range t) {
    Range softplus = SOFTPLUS.over(t);
    return sum(TANH.over(softplus), times(times(t, ofTanh(softplus)), SIGMOID.over(t)));
  }

  private static Range ofGeluTanh(Range t) {
    Range w = new Range(argument(t.lower()).lower(), argument(t.upper()).upper());
    Range square = times(magnitudes(t), magnitudes(t));
    Range rise = sum(GELU_LINEAR, times(point(3), times(GELU_CUBIC, square)));
    return sum(SIGMOID.over(w), times(times(t, rise), ofSigmoid(w)));
  }

  /** The w of gelu_tanh, which rises. */
  private static Range argument(double t) {
    Range square = times(point(t), point(t));
    return times(point(t), sum(GELU_LINEAR, times(GELU_CUBIC, square)));
  }

  /**
   * The normal distribution, which rises: computed values are within 2^-48, see {@link Gaussian}.
   */
  private static Range normal(Range t) {
    return new Range(
        Math.max(0, distribution(t.lower()) - 0x1p-47),
        Math.min(1, distribution(t.upper()) + 0x1p-47));
  }

  private static double distribution(double t) {
    return t < 0 ? Gaussian.tail(-t) : 1 - Gaussian.tail(t);
  }

  /** The normal density, which falls with |t|: computed values are within 2^-49. */
  private static Range density(Range t) {
    return new Range(
        Math.max(0, Gaussian.density(t.magnitude()) - 0x1p-48),
        Gaussian.density(t.leastMagnitude()) + 0x1p-48);
  }
}
