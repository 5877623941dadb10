package io.lipc.certificate.frequency;

import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.Work;
import java.util.Arrays;

/**
 * A Hermitian matrix H that is enclosed, of which the lower triangle is kept; the form of z is
 * {@code sum_ij conj(z_i) H_ij z_j}.
 *
 * <p>Each entry is a sum of at most {@code terms} numbers, each a double or a rounded product of
 * two complex ones; so it is off by at most {@code (terms + 3) u / (1 - (terms + 3) u)} times the
 * sum of their absolute values, and by what they themselves are off ({@link ComplexMatrix}). To
 * each number's share of the radius is added {@code (terms + 8) 2^-52} of its absolute value.
 */
final class Hermitian {

  final double[][] real;
  final double[][] imaginary;
  final double[][] radius;
  private final double unit;

  Hermitian(int size, int terms) {
    this.real = lower(size);
    this.imaginary = lower(size);
    this.radius = lower(size);
    this.unit = (terms + 8) * 0x1p-52;
  }

  private static double[][] lower(int size) {
    double[][] lower = new double[size][];
    Arrays.setAll(lower, i -> new double[i + 1]);
    return lower;
  }

  int size() {
    return real.length;
  }

  /** Adds a number to the diagonal. */
  void add(int i, Ball number) {
    real[i][i] += number.middle();
    radius[i][i] += number.radius() + unit * Math.abs(number.middle());
  }

  /** Adds a number, exactly known, to a place of the lower triangle. */
  void add(int i, int j, double x, double y) {
    real[i][j] += x;
    imaginary[i][j] += y;
    radius[i][j] += unit * (Math.abs(x) + Math.abs(y));
  }

  /**
   * Adds {@code factor row} to row i, from column {@code from} on: all of them before i.
   *
   * @param factor known within 2^-51 of itself
   */
  void addRow(int i, int from, double factor, ComplexMatrix rows, int row) {
    double size = Math.abs(factor) * (1 + 0x1p-50);
    for (int j = 0; j < rows.columns(); j++) {
      double x = rows.real[row][j];
      double y = rows.imaginary[row][j];
      double magnitude = Math.abs(x) + Math.abs(y);
      double off = size * (rows.radius[row][j] + (unit + 0x1p-50) * magnitude);
      real[i][from + j] += factor * x;
      imaginary[i][from + j] += factor * y;
      radius[i][from + j] += off + ComplexMatrix.underflow(magnitude + rows.radius[row][j]);
    }
  }

  /**
   * Subtracts {@code sum_r |v_r z|^2}, v_r the rows, which begin at coordinate {@code from}: {@code
   * conj(v_ri) v_rj} of each entry. See {@link ComplexMatrix#times} for the radii.
   */
  void subtractSquares(int from, ComplexMatrix rows, Work work) {
    for (int r = 0; r < rows.rows(); r++) {
      work.look();
      for (int i = 0; i < rows.columns(); i++) {
        double a = rows.real[r][i];
        double b = rows.imaginary[r][i];
        double off = rows.radius[r][i];
        if (a != 0 || b != 0 || off != 0) {
          subtract(from + i, from, a, b, off, rows, r);
        }
      }
    }
  }

  private void subtract(
      int i, int from, double a, double b, double off, ComplexMatrix rows, int r) {
    double size = Math.abs(a) + Math.abs(b);
    double ofRadii = size + 2 * off;
    double of = off + unit * size;
    double[] x = rows.real[r];
    double[] y = rows.imaginary[r];
    double[] s = rows.radius[r];
    for (int j = 0; j <= i - from; j++) {
      real[i][from + j] -= a * x[j] + b * y[j];
      imaginary[i][from + j] -= a * y[j] - b * x[j];
      double magnitude = Math.abs(x[j]) + Math.abs(y[j]);
      double least = ComplexMatrix.underflow(magnitude + s[j]);
      radius[i][from + j] += ofRadii * s[j] + of * magnitude + least;
    }
  }

  /** This matrix with so many rows and columns more, which are zero. */
  Hermitian bordered(int more) {
    Hermitian wide = new Hermitian(size() + more, 0);
    for (int i = 0; i < size(); i++) {
      System.arraycopy(real[i], 0, wide.real[i], 0, i + 1);
      System.arraycopy(imaginary[i], 0, wide.imaginary[i], 0, i + 1);
      System.arraycopy(radius[i], 0, wide.radius[i], 0, i + 1);
    }
    return wide;
  }

  /**
   * Whether H is shown to be positive definite.
   *
   * @throws ArithmeticException if that would take more work than is left
   */
  boolean isPositive(Work work) {
    double[] scale = scale();
    double[][] matrix = matrix(scale);
    return Positivity.factorises(matrix, largestRadius(scale), work) == Decision.POSITIVE;
  }

  /** Powers of two that bring the diagonal into [1/2, 2); NaN where it is not positive. */
  double[] scale() {
    double[] scale = new double[size()];
    for (int i = 0; i < scale.length; i++) {
      double diagonal = real[i][i];
      boolean normal = diagonal >= Double.MIN_NORMAL && diagonal <= Double.MAX_VALUE;
      int exponent = -Math.floorDiv(Math.getExponent(diagonal) + 1, 2);
      scale[i] = normal ? Math.scalb(1.0, exponent) : Double.NaN;
    }
    return scale;
  }

  /**
   * The largest radius of the scaled matrix, with the underflows, which scaling enlarges by 2^511
   * at most.
   */
  double largestRadius(double[] scale) {
    double largest = 0;
    for (int i = 0; i < scale.length; i++) {
      for (int j = 0; j <= i; j++) {
        largest = Math.max(largest, radius[i][j] * scale[i] * scale[j]);
      }
    }
    return ComplexMatrix.up(largest) + 0x1p-500;
  }

  /** The largest radius of row i in the first columns, which are scaled. */
  double rowRadius(int i, int columns, double[] scale) {
    double largest = 0;
    for (int j = 0; j < columns; j++) {
      largest = Math.max(largest, radius[i][j] * scale[j]);
    }
    return largest;
  }

  /** About the length of row i in the first columns, which are scaled. */
  double rowLength(int i, int columns, double[] scale) {
    double square = 0;
    for (int j = 0; j < columns; j++) {
      double size = (Math.abs(real[i][j]) + Math.abs(imaginary[i][j])) * scale[j];
      square += size * size;
    }
    return Math.sqrt(square);
  }

  /**
   * The scaled matrix as a real one: coordinate z = x + i y becomes x and y, one after the other,
   * and the form of H that of {@code [Re H_ij, -Im H_ij; Im H_ij, Re H_ij]} in each place. So one
   * is positive exactly if the other is. Each row of the lower triangle begins with its first entry
   * that is not zero.
   */
  double[][] matrix(double[] scale) {
    double[][] matrix = new double[2 * size()][];
    for (int i = 0; i < size(); i++) {
      int first = 0;
      while (first < i && isZero(i, first)) {
        first++;
      }
      double[] upper = new double[2 * (i - first) + 1];
      double[] lower = new double[2 * (i - first) + 2];
      for (int j = first; j <= i; j++) {
        double x = real[i][j] * scale[i] * scale[j];
        double y = imaginary[i][j] * scale[i] * scale[j];
        upper[2 * (j - first)] = x;
        lower[2 * (j - first)] = j < i ? y : 0;
        lower[2 * (j - first) + 1] = x;
        if (j < i) {
          upper[2 * (j - first) + 1] = -y;
        }
      }
      matrix[2 * i] = upper;
      matrix[2 * i + 1] = lower;
    }
    return matrix;
  }

  private boolean isZero(int i, int j) {
    return real[i][j] == 0 && imaginary[i][j] == 0 && radius[i][j] == 0;
  }
}
