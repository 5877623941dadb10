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
 * or at kinks, whatever s is: there the chord is a third line. All lines are true; the one that is
 * nearest in the middle of the range is taken.
 *
 * <p>Where the range has no end, or an offset is not finite, the line is the extreme of f itself.
 */
record Line(double slope, double offset) {

  /**
   * A line that the function stays above.
   *
   * @param z the arguments
   * @param slopes a range of the function's slopes there
   */
  static Line below(OfElements function, Range z, Range slopes) {
    Elementwise f = Elementwise.of(function);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(slopes.lower(), lower(f, slopes.lower(), z.lower())));
    lines.add(new Line(slopes.upper(), lower(f, slopes.upper(), z.upper())));
    if (f instanceof PiecewiseLinear pieces) {
      double chord = chord(f, z);
      double least = Double.POSITIVE_INFINITY;
      for (double t : corners(pieces, z)) {
        least = Math.min(least, lower(f, chord, t));
      }
      lines.add(new Line(chord, least));
    }
    Line best = new Line(0, f.over(z).lower());
    for (Line line : lines) {
      best = line.isFinite() && line.in(z) > best.in(z) ? line : best;
    }
    return best;
  }

  /** A line that the function stays below; see {@link #below}. */
  static Line above(OfElements function, Range z, Range slopes) {
    Elementwise f = Elementwise.of(function);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(slopes.upper(), upper(f, slopes.upper(), z.lower())));
    lines.add(new Line(slopes.lower(), upper(f, slopes.lower(), z.upper())));
    if (f instanceof PiecewiseLinear pieces) {
      double chord = chord(f, z);
      double most = Double.NEGATIVE_INFINITY;
      for (double t : corners(pieces, z)) {
        most = Math.max(most, upper(f, chord, t));
      }
      lines.add(new Line(chord, most));
    }
    Line best = new Line(0, f.over(z).upper());
    for (Line line : lines) {
      best = line.isFinite() && line.in(z) < best.in(z) ? line : best;
    }
    return best;
  }

  private boolean isFinite() {
    return Double.isFinite(slope) && Double.isFinite(offset);
  }

  /** The value in the middle of a range, by which lines are chosen. */
  private double in(Range z) {
    return slope * (z.lower() / 2 + z.upper() / 2) + offset;
  }

  /** A number not above {@code f(t) - slope t}; NaN or infinite where there is none. */
  private static double lower(Elementwise f, double slope, double t) {
    return down(f.over(new Range(t, t)).lower() - up(slope * t));
  }

  private static double upper(Elementwise f, double slope, double t) {
    return up(f.over(new Range(t, t)).upper() - down(slope * t));
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
