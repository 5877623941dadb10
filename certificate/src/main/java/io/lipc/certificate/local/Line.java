package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * A straight line {@code slope z + offset} that a function f stays above, or below, over a range
 * [l, u] of arguments; both numbers are doubles, exactly.
 *
 * <p>The slopes of f over the range lie in [a, b]. So {@code f(l) + a (z - l)} and {@code f(u) - b
 * (u - z)} are not above f(z), and {@code f(l) + b (z - l)} and {@code f(u) - a (u - z)} are not
 * below it. Where f consists of straight pieces, {@code f(z) - s z} takes its extremes at l, at u,
 * or at kinks, whatever s is: there the chord is a third line. And the extreme of f is a line of
 * slope 0, the only one that is left where the range has no end. All lines are true; the one that
 * is nearest in the middle of the range is taken, and the first of those that are as near but for
 * rounding: which one that is hangs on a rounding only where one is nearer by just that much.
 */
record Line(double slope, double offset) {

  /** The share of its terms by which a line has to be nearer. */
  private static final double NEARER = 0x1p-30;

  /**
   * A line that the function stays above.
   *
   * @param z the arguments
   * @param slopes a range of the function's slopes there
   */
  static Line below(OfElements function, Range z, Range slopes) {
    return nearest(function, z, slopes.lower(), slopes.upper(), true);
  }

  /**
   * A line of a given slope that the function stays above: {@code f(z) - slope z} takes its least
   * value at an end or at a kink. Its offset is infinite or NaN where an end is infinite.
   *
   * @param z the arguments
   */
  static Line below(PiecewiseLinear pieces, Range z, double slope) {
    return beside(pieces, slope, corners(pieces, z), true);
  }

  /** A line that the function stays below; see {@link #below}. */
  static Line above(OfElements function, Range z, Range slopes) {
    return nearest(function, z, slopes.upper(), slopes.lower(), false);
  }

  /**
   * A line over g that no product {@code s g} is below, for s in [a, b]. The least product is
   * {@code min(a g, b g)}, which is concave: so it is above a line that it is above at both ends.
   */
  static Line below(Range s, Range g) {
    double a = s.lower();
    double b = s.upper();
    if (g.lower() >= 0 || a == b) {
      return new Line(a, 0);
    }
    if (g.upper() <= 0) {
      return new Line(b, 0);
    }
    double slope = (a * g.upper() - b * g.lower()) / (g.upper() - g.lower());
    double first = down(down(b * g.lower()) - up(slope * g.lower()));
    double last = down(down(a * g.upper()) - up(slope * g.upper()));
    Line chord = new Line(slope, Math.min(first, last));
    double least = Math.min(Products.low(b, g.lower()), Products.low(a, g.upper()));
    return Double.isFinite(chord.offset()) ? chord : new Line(0, least);
  }

  /** A line that no product is above; see {@link #below(Range, Range)}. */
  static Line above(Range s, Range g) {
    Line opposite = below(new Range(-s.upper(), -s.lower()), g);
    return new Line(-opposite.slope(), -opposite.offset());
  }

  private static Line nearest(
      OfElements function, Range z, double first, double last, boolean below) {
    Elementwise f = Elementwise.of(function);
    List<Line> lines = new ArrayList<>();
    lines.add(beside(f, first, List.of(z.lower()), below));
    lines.add(beside(f, last, List.of(z.upper()), below));
    if (f instanceof PiecewiseLinear pieces) {
      lines.add(beside(f, chord(f, z), corners(pieces, z), below));
    }
    Range values = f.over(z);
    Line best = new Line(0, below ? values.lower() : values.upper());
    for (Line line : lines) {
      double nearer = below ? line.in(z) - best.in(z) : best.in(z) - line.in(z);
      // Not for a line that is infinite or NaN: its size is, too.
      best = nearer > NEARER * line.size(z) ? line : best;
    }
    return best;
  }

  /** The value in the middle of a range, by which lines are chosen. */
  private double in(Range z) {
    return slope * (z.lower() / 2 + z.upper() / 2) + offset;
  }

  /** How large the two terms of its values are. */
  private double size(Range z) {
    return Math.abs(slope) * z.magnitude() + Math.abs(offset);
  }

  /**
   * The line of a slope that has all these points of f on its side; NaN or infinite if none has.
   */
  private static Line beside(Elementwise f, double slope, List<Double> places, boolean below) {
    double offset = below ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    for (double t : places) {
      Range value = f.over(new Range(t, t));
      offset =
          below
              ? Math.min(offset, down(value.lower() - up(slope * t)))
              : Math.max(offset, up(value.upper() - down(slope * t)));
    }
    return new Line(slope, offset);
  }

  private static double chord(Elementwise f, Range z) {
    return (f.value(z.upper()) - f.value(z.lower())) / (z.upper() - z.lower());
  }

  private static List<Double> corners(PiecewiseLinear f, Range z) {
    List<Double> corners = new ArrayList<>(List.of(z.lower(), z.upper()));
    f.pieces().stream()
        .map(PiecewiseLinear.Piece::from)
        .filter(kink -> z.lower() < kink && kink < z.upper())
        .forEach(corners::add);
    return corners;
  }
}
