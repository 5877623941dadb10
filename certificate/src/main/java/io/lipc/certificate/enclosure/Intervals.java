package io.lipc.certificate.enclosure;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Ranges of real numbers, each operation rounded outward: as narrow as doubles allow where the
 * ranges are little more than single numbers.
 *
 * <p>By {@link Outward}, an end stays on its side of the real one. {@link Range} says that no end
 * is NaN, no lower end is plus infinity and no upper end minus infinity: so ends of one side may be
 * added and sorted. A product with zero is zero, of numbers without a bound too.
 */
public final class Intervals implements Arithmetic<Range> {

  /** The arithmetic of intervals, which has no state. */
  public Intervals() {}

  /** The range that holds a single double. */
  public static Range of(double value) {
    return new Range(value, value);
  }

  /** The range of all differences {@code a - b}, rounded outward. */
  public static Range difference(Range a, Range b) {
    return new Range(down(a.lower() - b.upper()), up(a.upper() - b.lower()));
  }

  private static Range sum(Range a, Range b) {
    return new Range(down(a.lower() + b.lower()), up(a.upper() + b.upper()));
  }

  /** The sign and the factor one are exact. */
  private static Range product(Range a, double factor) {
    if (factor == 0) {
      return of(0);
    }
    double first = (factor > 0 ? a.lower() : a.upper()) * factor;
    double last = (factor > 0 ? a.upper() : a.lower()) * factor;
    return Math.abs(factor) == 1 ? new Range(first, last) : new Range(down(first), up(last));
  }

  @Override
  public Sums<Range> sums(List<Range> x) {
    return (row, shift) -> sum(x, row, shift);
  }

  /** Adds no zero terms, which would widen the sum. */
  private static Range sum(List<Range> x, LinearMap.Row row, double shift) {
    Range sum = of(shift);
    boolean started = shift != 0;
    for (int k = 0; k < row.places().length; k++) {
      if (row.factors()[k] != 0) {
        Range term = product(x.get(row.places()[k]), row.factors()[k]);
        sum = started ? sum(sum, term) : term;
        started = true;
      }
    }
    return sum;
  }

  @Override
  public UnaryOperator<Range> elementwise(ActivationFunction.OfElements function) {
    return Elementwise.of(function)::over;
  }

  /** The k-th largest lies between the k-th largest of the lower and of the upper ends. */
  @Override
  public List<Range> sorted(List<Range> group) {
    double[] lower = group.stream().mapToDouble(Range::lower).sorted().toArray();
    double[] upper = group.stream().mapToDouble(Range::upper).sorted().toArray();
    List<Range> sorted = new ArrayList<>();
    for (int i = group.size() - 1; i >= 0; i--) {
      sorted.add(new Range(lower[i], upper[i]));
    }
    return sorted;
  }

  @Override
  public Range reflected(Range x, Range p, double v) {
    Range positive = new Range(Math.max(p.lower(), 0), Math.max(p.upper(), 0));
    // Twice v may be beyond all doubles, and zero times infinity is no number.
    Range moved =
        Double.isFinite(2 * v) ? product(positive, 2 * v) : product(product(positive, v), 2);
    return sum(x, moved);
  }

  /**
   * {@code y_i = 1 / sum_j e^((z_j - z_i) / T)} falls in every z_j but z_i. Each operation is
   * rounded outward, and so is exp, which is within an ulp by its specification.
   */
  @Override
  public List<Range> softmax(List<Range> logits, double temperature) {
    List<Range> y = new ArrayList<>();
    for (int i = 0; i < logits.size(); i++) {
      double least = 1;
      double most = 1;
      for (int j = 0; j < logits.size(); j++) {
        if (j != i) {
          Range difference = difference(logits.get(j), logits.get(i));
          double low = down(difference.lower() / temperature);
          double high = up(difference.upper() / temperature);
          least = Math.max(1, down(least + down(Math.exp(low))));
          most = up(most + up(Math.exp(high)));
        }
      }
      y.add(new Range(Math.max(0, down(1 / most)), Math.min(1, up(1 / least))));
    }
    return y;
  }

  /**
   * With d the numbers less their mean, n of them, and r the mean over all n of the squares of the
   * others, {@code y_i = d_i / sqrt(d_i^2 / n + r + epsilon)}. That rises in d_i; in r it comes
   * closer to 0. As {@code d_i^2 <= (n - 1) n r}, no y_i is above {@code sqrt(n - 1)}.
   */
  @Override
  public List<Range> normalised(List<Range> group, double epsilon) {
    int n = group.size();
    double limit = up(Math.sqrt(n - 1));
    List<Range> d = centred(group);
    double[] least = others(d, Intervals::leastSquare, Outward::down);
    double[] most = others(d, range -> up(range.magnitude() * range.magnitude()), Outward::up);
    List<Range> y = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Range others = new Range(down(least[i] / n), up(most[i] / n));
      double lower = normalised(d.get(i).lower(), others, n, epsilon);
      double upper = -normalised(-d.get(i).upper(), others, n, epsilon);
      y.add(new Range(Math.max(-limit, lower), Math.min(limit, upper)));
    }
    return y;
  }

  /**
   * With r the sum of the squares of the others, {@code y_i = z_i / max(sqrt(z_i^2 + r), least)}.
   * That rises in z_i; in r it comes closer to 0. No y_i is above 1.
   */
  @Override
  public List<Range> unitLength(List<Range> vector, double least) {
    double[] low = others(vector, Intervals::leastSquare, Outward::down);
    double[] high = others(vector, range -> up(range.magnitude() * range.magnitude()), Outward::up);
    List<Range> y = new ArrayList<>();
    for (int i = 0; i < low.length; i++) {
      Range others = new Range(Math.max(0, low[i]), high[i]);
      double lower = divided(vector.get(i).lower(), others, least);
      double upper = -divided(-vector.get(i).upper(), others, least);
      y.add(new Range(Math.max(-1, lower), Math.min(1, upper)));
    }
    return y;
  }

  /** The quotient for a given z_i, rounded down, over all sums of the squares of the others. */
  private static double divided(double z, Range others, double least) {
    if (Double.isInfinite(z)) {
      return z;
    }
    double length =
        z < 0
            ? down(Math.sqrt(Math.max(0, down(down(z * z) + others.lower()))))
            : up(Math.sqrt(up(up(z * z) + others.upper())));
    return down(z / Math.max(length, least));
  }

  /** A number that the length of no vector of these elements is below, in l2. */
  static double leastLength(List<Range> vector) {
    double squares = 0;
    for (Range range : vector) {
      squares = Math.max(squares, down(squares + leastSquare(range)));
    }
    return Math.max(0, down(Math.sqrt(squares)));
  }

  private static double leastSquare(Range range) {
    return down(nearest(range) * nearest(range));
  }

  private static double nearest(Range range) {
    return Math.max(0, Math.max(range.lower(), -range.upper()));
  }

  /** {@code ((n - 1) z_i - sum_(j != i) z_j) / n}, without the mean, which moves with z_i. */
  private static List<Range> centred(List<Range> z) {
    int n = z.size();
    double[] least = others(z, Range::lower, Outward::down);
    double[] most = others(z, Range::upper, Outward::up);
    List<Range> d = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Range own = product(z.get(i), n - 1);
      double lower = down(down(own.lower() - most[i]) / n);
      d.add(new Range(lower, up(up(own.upper() - least[i]) / n)));
    }
    return d;
  }

  /** The sum of the ends of all but each one, in linear time. */
  private static double[] others(
      List<Range> x, ToDoubleFunction<Range> end, DoubleUnaryOperator outward) {
    double[] others = new double[x.size()];
    double before = 0;
    for (int i = 0; i < others.length; i++) {
      others[i] = before;
      before = outward.applyAsDouble(before + end.applyAsDouble(x.get(i)));
    }
    double behind = 0;
    for (int i = others.length - 1; i >= 0; i--) {
      others[i] = outward.applyAsDouble(others[i] + behind);
      behind = outward.applyAsDouble(behind + end.applyAsDouble(x.get(i)));
    }
    return others;
  }

  /**
   * The quotient for a given d, rounded down, over all means of the squares of the others. Where d
   * is infinite it is negative, as an end that was rounded down, and so is the quotient.
   */
  private static double normalised(double d, Range others, int n, double epsilon) {
    if (d < 0) {
      double squares = down(down(down(d * d) / n) + down(others.lower() + epsilon));
      return down(d / Math.max(0, down(Math.sqrt(Math.max(0, squares)))));
    }
    double squares = up(up(up(d * d) / n) + up(others.upper() + epsilon));
    return down(d / up(Math.sqrt(squares)));
  }
}
