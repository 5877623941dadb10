package io.lipc.certificate.enclosure;

import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.SlopeTable;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.ElementType;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Numbers as a program computes them in a format: a running error analysis, componentwise.
 *
 * <p>By {@link Outward}, with u the unit roundoff of the format and eta its least positive number,
 * a computed sum of n products differs from that of the same numbers in real arithmetic by at most
 * {@code gamma_n sum |terms| + n eta}. So from errors e of an operation's arguments, whose computed
 * values are at most H in magnitude, follow those of its result. All arithmetic here is in doubles:
 * sums of products as they come, and afterwards widened by what the same theorem says that they
 * lost; every other operation rounded outward by one unit in the last place.
 */
final class RoundedNumbers implements Arithmetic<Rounded> {

  private final boolean single;
  private final double unitRoundoff;
  private final double least;
  private final double largest;
  private final Intervals intervals = new Intervals();

  RoundedNumbers(ElementType type) {
    this.single = type == ElementType.F32;
    this.unitRoundoff = single ? 0x1p-24 : Outward.UNIT_ROUNDOFF;
    this.least = single ? Float.MIN_VALUE : Double.MIN_VALUE;
    this.largest = single ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  static double largestError(List<Rounded> numbers) {
    return numbers.stream().mapToDouble(Rounded::error).max().orElse(0);
  }

  /**
   * The errors of the arguments arrive multiplied by the factors: a sum of products without
   * negative terms. In what is lost, the sum is of computed values.
   */
  @Override
  public Sums<Rounded> sums(List<Rounded> x) {
    Centred ranges = Centred.of(x.size());
    double[] errors = new double[x.size()];
    for (int j = 0; j < errors.length; j++) {
      ranges.set(j, x.get(j).real(), x.get(j).magnitude());
      errors[j] = x.get(j).error();
    }
    return (row, shift) -> {
      Centred.Sum sum = ranges.sum(row, shift);
      // NaN where a zero meets an infinite error, which has no bound then.
      double error = up(inherited(errors, row, sum.count()) + lost(sum));
      return new Rounded(sum.range(), error);
    };
  }

  private static double inherited(double[] errors, LinearMap.Row row, int count) {
    double sum = 0;
    for (int k = 0; k < row.places().length; k++) {
      sum += Math.abs(row.factors()[k]) * errors[row.places()[k]];
    }
    return Outward.sum(sum, count);
  }

  /**
   * The rounding error of the computed sum itself; infinite if an overflow is not excluded. Twice
   * the sum of the terms' magnitudes bounds every partial sum, also a rounded one.
   */
  private double lost(Centred.Sum sum) {
    double gamma = Outward.gamma(sum.count(), unitRoundoff);
    boolean fits = gamma > 0 && gamma < 1 && 2 * sum.terms() <= largest;
    return fits ? up(up(gamma * sum.terms()) + up(sum.count() * least)) : Double.POSITIVE_INFINITY;
  }

  @Override
  public UnaryOperator<Rounded> elementwise(ActivationFunction.OfElements activation) {
    Elementwise function = Elementwise.of(activation);
    SlopeTable.Slopes slopes = SlopeTable.slopes(activation);
    double gain = Math.max(-slopes.lower(), slopes.upper());
    return x -> elementwise(function, gain, x);
  }

  /**
   * The argument is off by {@code x.error()}, which the function multiplies by {@code gain} at
   * most. The computed value is off by what {@link Elementwise#error} says, in F32 by what {@link
   * Elementwise#floatError} says, unless it is an argument, its negative or a constant.
   */
  private Rounded elementwise(Elementwise function, double gain, Rounded x) {
    Range image = function.over(x.real());
    double inherited = gain == 1 ? x.error() : up(gain * x.error());
    double size = function.largestRounded(x.computed());
    if (size == 0) {
      return new Rounded(image, inherited);
    }
    double own = single ? function.floatError(x.computed()) : function.error(x.computed());
    // Written so that NaN counts as an overflow.
    double error = up(size + own) <= largest ? up(inherited + own) : Double.POSITIVE_INFINITY;
    return new Rounded(image, error);
  }

  /**
   * Sorting rounds no number. The k-th largest moves by at most as much as the number that moves
   * most.
   */
  @Override
  public List<Rounded> sorted(List<Rounded> group) {
    double error = largestError(group);
    List<Range> ranges = intervals.sorted(group.stream().map(Rounded::real).toList());
    return ranges.stream().map(range -> new Rounded(range, error)).toList();
  }

  /** The maximum and the factor two are exact; the rest is a sum of products. */
  @Override
  public Rounded reflected(Rounded x, Rounded p, double v) {
    double lower = 2 * Math.max(p.real().lower(), 0);
    double upper = 2 * Math.max(p.real().upper(), 0);
    Rounded twice = new Rounded(new Range(lower, upper), 2 * p.error());
    Rounded y = sums(List.of(x, twice)).of(Evaluation.pair(1, v), 0);
    return twice.magnitude() <= largest ? y : y.withError(Double.POSITIVE_INFINITY);
  }

  /**
   * In doubles on the JVM, u = 2^-53, {@code e_i = Math.exp((z_i - max z) / T)}.
   *
   * <p>The argument is rounded twice: it is q with a relative error of 2^-52. For {@code q >= -750}
   * that changes e^q by a factor within {@code 1 +- 2^-42.4}, and exp is within an ulp (its
   * specification): together 2^-42. Below, both are less than 2^-1074 or an ulp of that. The
   * largest e_i is e^0 = 1, so the sum s is at least 1: with n terms, added from left to right, it
   * is within {@code 2^-42 + n 2^-52 + n 2^-1070} of the real one, relatively. The quotient, at
   * most 1, is rounded once more: within {@code 2^-40 + n 2^-51}. In F32 it is rounded to nearest
   * once, and each e_i has been, to {@code (1 + d_i) e_i}, {@code |d_i| <= d}, or within 2^-149
   * where it underflows. To first order that moves y_i by {@code y_i ((1 - y_i) d_i - sum_(j != i)
   * y_j d_j)}, at most {@code 2 y_i (1 - y_i) d <= d / 2}.
   *
   * <p>Kernels for devices compute in floats: q_i is off by {@code 4.125 u |q_i|}, for a
   * difference, T and a quotient, and {@code |d_i| <= 2.25 u}. The error of q_i changes y_i by at
   * most {@code 4.125 u (y_i |q_i| + y_i sum_j y_j |q_j|)}. With s at least 1, {@code y_i |q_i| <=
   * e^q_i |q_i| <= 1/e}; and {@code |q_j| = -log y_j - log s}, so that sum is at most the entropy
   * of y, which is not above {@code log n}. An exponential that is divided need not have the error
   * of the one that was added, for compilers may fuse products there in another way. The largest
   * one is 1 both times, without an error; {@code y_i <= 1/2} for the others, so d adds {@code 2.25
   * u y_i (1 + (1 - y_i)) <= 1.69 u}. The compensated sum of terms that are not negative is off by
   * {@code 2 u + O(n u^2)} (Higham, section 4.3), below 2.5 u, and the last quotient by 2.125 u.
   * Together less than {@code (8 + 4.25 log n) u}, and again the underflows. In doubles T is exact
   * and quotients are rounded correctly: q_i is off by {@code 2 u |q_i|}, the last quotient by u,
   * and {@code |d_i| <= 2.125 u}. Together less than {@code (6 + 2 log n) u}.
   *
   * <p>In the norm of the largest element, too, softmax has the gain 1/(2T): row i of its
   * derivative has the absolute sum {@code 2 y_i (1 - y_i) / T}.
   */
  @Override
  public List<Rounded> softmax(List<Rounded> x, double temperature) {
    double size = x.stream().mapToDouble(Rounded::magnitude).max().orElseThrow();
    double rounding = single ? softmaxInFloats(x.size()) : softmaxInDoubles(x.size());
    double inherited = up(up(0.5 / temperature) * largestError(x));
    // Otherwise a difference may overflow, and a large T might have brought it back.
    boolean finite = size <= largest / 4;
    double error = finite ? up(inherited + rounding) : Double.POSITIVE_INFINITY;
    return Collections.nCopies(x.size(), new Rounded(new Range(0, 1), error));
  }

  /**
   * In doubles, u = 2^-53, eta = 2^-1074, on the JVM; n numbers of magnitude M at most. With {@code
   * gamma_k = k u / (1 - k u)} the computed mean is within {@code gamma_n M + eta} of the real one,
   * and so each computed difference from it within {@code delta = gamma_(n+3) M + 4 eta} of the
   * real one, d. Both d and those computed are vectors to which {@code g(d) = d / sqrt(|d|^2 / n +
   * epsilon)} is applied. Its gain in the norm of the largest element is at most {@code ell = (1 +
   * sqrt n) / (2 sqrt(epsilon))}, as that of the whole function: {@code Group} proves it, and
   * without the projection P the proof is the same. So {@code ell (e + delta)} is what errors e of
   * the arguments and those of the differences make.
   *
   * <p>Given the differences, the sum of their squares, its quotient by n and the sum with epsilon
   * are within {@code gamma_(n+2)} of the real ones, relatively, and {@code 5 eta / epsilon} where
   * squares underflow. Where that is at most 1/2, {@code 1 / sqrt} of it is off by as much at most.
   * Root and quotient are rounded once each: {@code phi = gamma_(n+8) + 8 eta / epsilon} together,
   * of values up to {@code sqrt n}. The result is rounded to the format at last.
   */
  @Override
  public List<Rounded> normalised(List<Rounded> x, double epsilon) {
    int n = x.size();
    double size = x.stream().mapToDouble(Rounded::magnitude).max().orElseThrow();
    double root = up(Math.sqrt(n));
    double gain = up(up(up(1 + root) / 2) * up(1 / Outward.down(Math.sqrt(epsilon))));
    double gamma = Outward.gamma(n + 8, Outward.UNIT_ROUNDOFF);
    double delta = up(up(gamma * size) + 4 * Double.MIN_VALUE);
    double phi = up(gamma + up(8 * Double.MIN_VALUE / epsilon));
    double own = up(up(gain * up(largestError(x) + delta)) + up(root * phi));
    // Twice what is added in doubles, so that no sum or square of them overflows.
    boolean finite = phi <= 0.5 && 8.0 * n * size * size + epsilon <= Double.MAX_VALUE;
    // The next double above pays for the quotient's underflow: own is at least phi.
    double computed = finite ? up(own) : Double.POSITIVE_INFINITY;
    List<Range> real = intervals.normalised(x.stream().map(Rounded::real).toList(), epsilon);
    return real.stream()
        .map(range -> new Rounded(range, rounded(range.magnitude(), computed)))
        .toList();
  }

  /**
   * In doubles, u = 2^-53, eta = 2^-1074, on the JVM; n numbers, c the least length. Errors e of
   * the arguments are multiplied by at most {@code (1 + sqrt n) / (2 c)} ({@code Group}).
   *
   * <p>Given the arguments, the computed sum of squares is within {@code gamma_n s + n eta} of the
   * real one, s. Where neither root is above c, the divisor is c. Elsewhere the larger root is at
   * least c, and the roots differ by what the sums do, over that root: so the divisor is off by
   * {@code gamma_n + n eta / c^2} at most, relatively, and once u for the root. Where that is at
   * most 1/2, its inverse is off by twice as much; the quotient is rounded once: {@code phi = 2
   * gamma_(n+4) + 4 n eta / c^2} together, of values up to 1. The result is rounded to the format
   * at last.
   */
  @Override
  public List<Rounded> unitLength(List<Rounded> x, double least) {
    int n = x.size();
    double size = x.stream().mapToDouble(Rounded::magnitude).max().orElseThrow();
    double gain = up(up(up(1 + up(Math.sqrt(n))) / 2) * up(1 / least));
    double gamma = Outward.gamma(n + 4, Outward.UNIT_ROUNDOFF);
    double square = Math.max(0, Outward.down(least * least));
    double phi = up(2 * gamma + up(4.0 * n * Double.MIN_VALUE / square));
    double own = up(up(gain * largestError(x)) + phi);
    // Twice what is added in doubles, so that no sum or square of them overflows.
    boolean finite = phi <= 0.5 && 4.0 * n * size * size <= Double.MAX_VALUE;
    double computed = finite ? up(own + Double.MIN_VALUE) : Double.POSITIVE_INFINITY;
    List<Range> real = intervals.unitLength(x.stream().map(Rounded::real).toList(), least);
    return real.stream()
        .map(range -> new Rounded(range, rounded(range.magnitude(), computed)))
        .toList();
  }

  /** The error after a last rounding to the format, of a value that is off by {@code error}. */
  private double rounded(double magnitude, double error) {
    return up(error + up(up(unitRoundoff * up(magnitude + error)) + least));
  }

  /**
   * The error on devices, which is more than the {@code 1.6 u + n 2^-51} of the JVM: for up to 2^26
   * terms the latter is below {@code 2.1 u}. For more terms, as many as an int counts, it is below
   * {@code 18 u}, while the term of the logarithm is above {@code 76 u}.
   */
  private double softmaxInFloats(int size) {
    return up(up(unitRoundoff * up(8 + 4.25 * Math.log(size))) + up(size * 0x1p-146));
  }

  /**
   * The error on the JVM, which is more than that on devices: for any number of terms that an int
   * counts, the latter is below {@code 50 u}, except for underflow, which the terms in n cover; and
   * 2^-40 is {@code 8192 u}.
   */
  private double softmaxInDoubles(int size) {
    // Once more than it needs: the bounds that were given out before are the same.
    double library = up(up(0x1p-40 + up(size * 0x1p-51)));
    return up(up(unitRoundoff * (1 + library)) + up(least + library));
  }
}
