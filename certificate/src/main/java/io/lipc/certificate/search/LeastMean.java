package io.lipc.certificate.search;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The mean of linear functions whose largest value over the cube [-1, 1]^n is least.
 *
 * <p>By duality that value is the largest t such that a point of the cube has all functions at
 * least at t. The simplex method with bounds finds it (Chvatal, Linear Programming, 1983, chapters
 * 2 and 8): t, and all functions less t but one, are linear in that one and in {@code y + 1}, and
 * it goes from one such dictionary to the next while t grows. At the end the coefficients of t are
 * the weights.
 */
final class LeastMean {

  /** Numbers nearer to 0 are taken for 0; functions have values near 1. */
  private static final double NEAR = 1e-9;

  /** {@code y + 1} goes from 0 to here; what a function is above t has no end. */
  private static final double WIDTH = 2;

  private final int n;

  /** The numbers of the rows: elements of {@code y + 1} first, then functions less t. */
  private final int[] left;

  /** The numbers of the columns: each is 0 in this dictionary, or at its other end. */
  private final int[] right;

  /** Coefficients by the columns, then a constant; t is the last row. */
  private final double[][] rows;

  private final LongConsumer spend;

  private LeastMean(double[][] functions, LongConsumer spend) {
    this.n = functions[0].length - 1;
    this.spend = spend;
    int last = functions.length - 1;
    double[][] shifted =
        Arrays.stream(functions).map(LeastMean::fromCorner).toArray(double[][]::new);
    int least =
        IntStream.rangeClosed(0, last)
            .reduce((a, b) -> shifted[b][n] < shifted[a][n] ? b : a)
            .orElseThrow();
    this.left = IntStream.rangeClosed(0, last).filter(k -> k != least).map(k -> n + k).toArray();
    this.right = IntStream.rangeClosed(0, n).map(i -> i < n ? i : n + least).toArray();
    double[] t = new double[n + 2];
    System.arraycopy(shifted[least], 0, t, 0, n);
    t[n] = -1;
    t[n + 1] = shifted[least][n];
    this.rows = new double[last + 1][n + 2];
    for (int r = 0; r < last; r++) {
      double[] function = shifted[left[r] - n];
      for (int i = 0; i < n; i++) {
        rows[r][i] = function[i] - t[i];
      }
      rows[r][n] = 1;
      rows[r][n + 1] = function[n] - t[n + 1];
    }
    rows[last] = t;
  }

  /**
   * The weights of a mean that is negative on the whole cube; none if there is none, or none is
   * found.
   *
   * @param functions at least one; of each the coefficients, then the constant
   * @param spend is told how many products are taken; an exception ends it
   */
  static Optional<double[]> negative(double[][] functions, LongConsumer spend) {
    LeastMean program = new LeastMean(functions, spend);
    int most = 50 * (program.rows.length + program.right.length);
    for (int step = 0; step < most && program.reached() < 0; step++) {
      OptionalInt column = program.entering();
      if (column.isEmpty()) {
        return program.reached() < -NEAR ? Optional.of(program.weights()) : Optional.empty();
      }
      program.step(column.getAsInt());
    }
    return Optional.empty();
  }

  /** A function of {@code y + 1}. */
  private static double[] fromCorner(double[] function) {
    double[] shifted = function.clone();
    for (int i = 0; i < function.length - 1; i++) {
      shifted[function.length - 1] -= function[i];
    }
    return shifted;
  }

  private double[] t() {
    return rows[rows.length - 1];
  }

  private double reached() {
    return t()[n + 1];
  }

  private double[] weights() {
    double[] weights = new double[rows.length];
    for (int c = 0; c <= n; c++) {
      if (right[c] >= n) {
        weights[right[c] - n] = Math.max(0, -t()[c]);
      }
    }
    return weights;
  }

  /** The column by which t grows fastest; none at the end. */
  private OptionalInt entering() {
    return IntStream.rangeClosed(0, n)
        .filter(c -> t()[c] > NEAR)
        .reduce((a, b) -> t()[b] > t()[a] ? b : a);
  }

  private double end(int number) {
    return number < n ? WIDTH : Double.POSITIVE_INFINITY;
  }

  /** Lets a column grow until it, or something to the left, is at an end. */
  private void step(int column) {
    spend.accept((long) rows.length * rows[0].length);
    double by = end(right[column]);
    int leaving = -1;
    for (int r = 0; r < left.length; r++) {
      double slope = rows[r][column];
      double far = slope < 0 ? rows[r][n + 1] : end(left[r]) - rows[r][n + 1];
      if (Math.abs(slope) > NEAR && far / Math.abs(slope) < by) {
        by = far / Math.abs(slope);
        leaving = r;
      }
    }
    if (leaving < 0) {
      turn(column);
      return;
    }
    if (rows[leaving][column] > 0) {
      fromOtherEnd(rows[leaving]);
    }
    exchange(leaving, column);
  }

  /** A column is counted from its other end from now on. */
  private void turn(int column) {
    for (double[] row : rows) {
      row[n + 1] += WIDTH * row[column];
      row[column] = -row[column];
    }
  }

  /** A row is counted from its other end. */
  private void fromOtherEnd(double[] row) {
    row[n + 1] -= WIDTH;
    for (int c = 0; c < row.length; c++) {
      row[c] = -row[c];
    }
  }

  private void exchange(int row, int column) {
    double[] solved = rows[row];
    double pivot = solved[column];
    for (int c = 0; c < solved.length; c++) {
      solved[c] = c == column ? 1 / pivot : -solved[c] / pivot;
    }
    for (int r = 0; r < rows.length; r++) {
      double factor = rows[r][column];
      if (r != row && factor != 0) {
        rows[r][column] = 0;
        for (int c = 0; c < solved.length; c++) {
          rows[r][c] += factor * solved[c];
        }
      }
    }
    int entered = right[column];
    right[column] = left[row];
    left[row] = entered;
  }
}
