package io.lipc.certificate.function;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A continuous function of pieces, each of which is a constant or a multiple of the argument. It
 * maps dyadic numbers to dyadic numbers.
 *
 * @param pieces from left to right; the first one begins at minus infinity
 * @param computed the value, in doubles
 */
public record PiecewiseLinear(List<Piece> pieces, DoubleUnaryOperator computed)
    implements Elementwise {

  public PiecewiseLinear {
    pieces = List.copyOf(pieces);
  }

  /**
   * One piece of the function: {@code slope t + constant} for all t from {@code from} on, until the
   * next piece begins.
   *
   * @param from the least argument of the piece, or minus infinity
   * @param slope 0 where the constant is not
   */
  public record Piece(double from, double slope, double constant) {

    BigDecimal at(BigDecimal t) {
      return t.multiply(new BigDecimal(slope)).add(new BigDecimal(constant));
    }

    /** An enclosure; there is one rounding where the slope is not 0, 1 or -1. */
    Range at(double t) {
      if (slope == 0) {
        return new Range(constant, constant);
      }
      double product = slope * t;
      return Math.abs(slope) == 1
          ? new Range(product, product)
          : new Range(Math.nextDown(product), Math.nextUp(product));
    }
  }

  private static final double START = Double.NEGATIVE_INFINITY;

  static PiecewiseLinear relu() {
    return of(t -> Math.max(t, 0), new Piece(START, 0, 0), new Piece(0, 1, 0));
  }

  static PiecewiseLinear relu6() {
    return of(
        t -> Math.min(Math.max(t, 0), 6),
        new Piece(START, 0, 0),
        new Piece(0, 1, 0),
        new Piece(6, 0, 6));
  }

  static PiecewiseLinear hardTanh() {
    return of(
        t -> Math.min(Math.max(t, -1), 1),
        new Piece(START, 0, -1),
        new Piece(-1, 1, 0),
        new Piece(1, 0, 1));
  }

  static PiecewiseLinear abs() {
    return of(Math::abs, new Piece(START, -1, 0), new Piece(0, 1, 0));
  }

  static PiecewiseLinear identity() {
    return of(t -> t, new Piece(START, 1, 0));
  }

  static PiecewiseLinear leakyRelu(double slope) {
    return of(t -> t >= 0 ? t : slope * t, new Piece(START, slope, 0), new Piece(0, 1, 0));
  }

  private static PiecewiseLinear of(DoubleUnaryOperator computed, Piece... pieces) {
    return new PiecewiseLinear(List.of(pieces), computed);
  }

  @Override
  public double value(double t) {
    return computed.applyAsDouble(t);
  }

  /** Beside a constant piece a kink has the slope 0, as the gradient of relu does everywhere. */
  @Override
  public double slope(double t) {
    Piece piece = pieces.get(0);
    for (int i = 1; i < pieces.size(); i++) {
      Piece next = pieces.get(i);
      if (t > next.from() || (t == next.from() && piece.slope() != 0)) {
        piece = next;
      }
    }
    return Double.isNaN(t) ? t : piece.slope();
  }

  /** The value of the function at the dyadic number t, without rounding. */
  public BigDecimal exact(BigDecimal t) {
    Piece piece = pieces.getFirst();
    for (Piece next : pieces.subList(1, pieces.size())) {
      if (t.compareTo(new BigDecimal(next.from())) >= 0) {
        piece = next;
      }
    }
    return piece.at(t);
  }

  private Range enclosure(double t) {
    Piece piece = pieces.getFirst();
    for (Piece next : pieces) {
      piece = t >= next.from() ? next : piece;
    }
    return piece.at(t);
  }

  /** The extremes are at the ends or at kinks. */
  @Override
  public Range over(Range arguments) {
    Range low = enclosure(arguments.lower());
    Range high = enclosure(arguments.upper());
    double lower = Math.min(low.lower(), high.lower());
    double upper = Math.max(low.upper(), high.upper());
    for (Piece piece : pieces) {
      if (Double.isFinite(piece.from()) && arguments.contains(piece.from())) {
        Range kink = piece.at(piece.from());
        lower = Math.min(lower, kink.lower());
        upper = Math.max(upper, kink.upper());
      }
    }
    return new Range(lower, upper);
  }

  /** One product is rounded to nearest. */
  @Override
  public double error(Range arguments) {
    double rounded = largestRounded(arguments);
    return rounded == 0 ? 0 : Math.nextUp(Math.nextUp(rounded * 0x1p-53) + Double.MIN_VALUE);
  }

  /** The product is rounded once more. */
  @Override
  public double floatError(Range arguments) {
    double rounded = largestRounded(arguments);
    double error = error(arguments);
    return rounded == 0
        ? 0
        : Math.nextUp(error + Math.nextUp((rounded + error) * 0x1.001p-24 + Float.MIN_VALUE));
  }

  @Override
  public double largestRounded(Range arguments) {
    double largest = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      double end = i + 1 < pieces.size() ? pieces.get(i + 1).from() : Double.POSITIVE_INFINITY;
      Range on = arguments.and(new Range(piece.from(), end));
      boolean rounds = piece.slope() != 0 && Math.abs(piece.slope()) != 1;
      if (rounds && on.lower() <= on.upper()) {
        largest = Math.max(largest, Math.nextUp(Math.abs(piece.slope()) * on.magnitude()));
      }
    }
    return largest;
  }
}
