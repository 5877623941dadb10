package io.lipc.certificate.signs;

import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.QuadraticForm.Term;
import java.util.List;

/**
 * The rows of a matrix whose entries are balls, and their products with vectors of doubles.
 *
 * <p>A computed sum of n products differs from the real one by at most {@code n 2^-53 (1 + 2^-26)}
 * times the sum of their magnitudes, and n least doubles, for n below 2^26; the sum of magnitudes
 * is itself computed as well as that. So {@code n 2^-52} times the computed sum of magnitudes, and
 * {@code n 2^-1070}, is enough, with half of it to spare.
 */
final class Rows {

  private static final double LEAST = 0x1p-1070;

  /** Sums of numbers that are not negative are low by less than this factor. */
  private static final double SUMMED = 1 + 0x1p-20;

  private final int[] starts;
  private final int[] columns;
  private final double[] middles;
  private final double[] radii;

  Rows(List<List<Term<Ball>>> forms) {
    starts = new int[forms.size() + 1];
    for (int i = 0; i < forms.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], forms.get(i).size());
    }
    columns = new int[starts[forms.size()]];
    middles = new double[columns.length];
    radii = new double[columns.length];
    int at = 0;
    for (List<Term<Ball>> form : forms) {
      for (Term<Ball> term : form) {
        columns[at] = term.index();
        middles[at] = term.factor().middle();
        radii[at++] = term.factor().radius();
      }
    }
  }

  /** How many entries are stored. */
  int entries() {
    return columns.length;
  }

  /** A row in doubles, which encloses nothing. */
  double[] nearest(int row, int width) {
    double[] dense = new double[width];
    for (int k = starts[row]; k < starts[row + 1]; k++) {
      dense[columns[k]] = middles[k];
    }
    return dense;
  }

  /**
   * The product of a row and a vector; if it reads a number that is not finite, it is not either.
   */
  Ball times(int row, double[] y) {
    double sum = 0;
    double terms = 0;
    double spread = 0;
    for (int k = starts[row]; k < starts[row + 1]; k++) {
      double term = middles[k] * y[columns[k]];
      sum += term;
      terms += Math.abs(term);
      spread += radii[k] * Math.abs(y[columns[k]]);
    }
    return ball(sum, terms, spread, starts[row + 1] - starts[row]);
  }

  private static Ball ball(double sum, double terms, double spread, int count) {
    double rounding = count * 0x1p-52 * terms;
    return new Ball(sum, (rounding + spread) * SUMMED + count * LEAST);
  }

  /** Sums of multiples of rows, column by column. */
  static final class Sums {

    private final double[] sums;
    private final double[] terms;
    private final double[] spreads;
    private int count;

    Sums(int columns) {
      sums = new double[columns];
      terms = new double[columns];
      spreads = new double[columns];
    }

    /** Adds a multiple of a row. */
    void add(Rows rows, int row, Ball factor) {
      double middle = factor.middle();
      double radius = factor.radius();
      double most = Math.abs(middle) + radius;
      for (int k = rows.starts[row]; k < rows.starts[row + 1]; k++) {
        int column = rows.columns[k];
        double term = rows.middles[k] * middle;
        sums[column] += term;
        terms[column] += Math.abs(term);
        spreads[column] += Math.abs(rows.middles[k]) * radius + rows.radii[k] * most;
      }
      count += 3;
    }

    /** Adds a number to the sum of one column. */
    void add(int column, Ball number) {
      sums[column] += number.middle();
      terms[column] += Math.abs(number.middle());
      spreads[column] += number.radius();
      count++;
    }

    /** The sum of all squares is in this ball. */
    Ball squares() {
      Ball squares = Ball.of(0);
      for (int i = 0; i < sums.length; i++) {
        Ball sum = ball(sums[i], terms[i], spreads[i], count);
        squares = squares.plus(sum.times(sum));
      }
      return squares;
    }
  }
}
