package io.lipc.certificate.search;

import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SlopeRanges;

/**
 * An element of an activation over a range of arguments, between a line below it, whose slope may
 * be chosen, and one above; estimates. A function with one kink is what it is. Another one is taken
 * for one with a kink in the middle of the range, and with its least slope and its largest.
 */
final class Relaxed {

  /** Slopes are written with so many parts of 1: few digits are enough. */
  private static final double WRITTEN = 64;

  private final Range z;
  private final Range slopes;
  private final boolean isConvex;
  private final double first;
  private final double last;
  final double kink;

  /** The slope of the line below, before it is rounded. */
  private double below;

  private Relaxed(Range z, Range slopes, double kink, boolean isConvex, double first, double last) {
    this.z = z;
    this.slopes = slopes;
    this.kink = kink;
    this.isConvex = isConvex;
    this.first = first;
    this.last = last;
    this.below = usual();
  }

  static Relaxed of(OfElements function, Range z) {
    Elementwise f = Elementwise.of(function);
    double kink = CutChoice.place(function, z).orElse(z.lower() / 2 + z.upper() / 2);
    double first = f.value(z.lower());
    double last = f.value(z.upper());
    double chord = (last - first) / (z.upper() - z.lower());
    boolean isBelow = f.value(kink) < first + chord * (kink - z.lower());
    boolean isConvex =
        f instanceof PiecewiseLinear pieces
            && isBelow
            && pieces.pieces().stream()
                    .filter(piece -> z.lower() < piece.from() && piece.from() < z.upper())
                    .count()
                == 1;
    return new Relaxed(z, SlopeRanges.over(function, z), kink, isConvex, first, last);
  }

  /** Whether there is more than one line. */
  boolean isFree() {
    return slopes.lower() < slopes.upper();
  }

  boolean isKinked() {
    return z.lower() < kink && kink < z.upper();
  }

  double length() {
    return z.upper() - z.lower();
  }

  double middle() {
    return slopes.lower() / 2 + slopes.upper() / 2;
  }

  /** The slope of the line below that checkers take. */
  double usual() {
    return z.upper() - kink > kink - z.lower() ? slopes.upper() : slopes.lower();
  }

  /** The slope of the line below, of few digits where it is not the usual one. */
  double below() {
    return below == usual() ? below : Math.rint(below * WRITTEN) / WRITTEN;
  }

  /** Takes another slope below, if it may be chosen. */
  void follow(double slope) {
    if (isConvex) {
      below = Math.clamp(slope, slopes.lower(), slopes.upper());
    }
  }

  /** Changes the slope below; no if it cannot be changed so. */
  boolean climb(double step) {
    double before = below;
    follow(below + step * (slopes.upper() - slopes.lower()));
    return below != before;
  }

  /** The slope of the line for a coefficient: that below for a positive one. */
  double slope(double a) {
    if (!isFree()) {
      return slopes.lower();
    }
    return a > 0 ? below() : (last - first) / (z.upper() - z.lower());
  }

  double offset(double a) {
    if (!isFree()) {
      return first - slopes.lower() * z.lower();
    }
    return a > 0
        ? atKink() - below() * kink
        : first - (last - first) / (z.upper() - z.lower()) * z.lower();
  }

  double at(double a, double argument) {
    return slope(a) * argument + offset(a);
  }

  private double atKink() {
    return first + slopes.lower() * (kink - z.lower());
  }

  /** How far the line for a coefficient is from the function, at most. */
  double gap(double a) {
    double bend = slopes.upper() - slopes.lower();
    double under = kink - z.lower();
    double over = z.upper() - kink;
    double share = bend > 0 ? (below() - slopes.lower()) / bend : 0;
    return a > 0
        ? bend * Math.max(share * under, (1 - share) * over)
        : bend * over * under / (over + under);
  }
}
