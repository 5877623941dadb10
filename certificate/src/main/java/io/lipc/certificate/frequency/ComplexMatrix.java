package io.lipc.certificate.frequency;

import java.util.List;

/**
 * A complex matrix that is enclosed: the real part of each entry is within {@code radius} of {@code
 * real}, its imaginary part within {@code radius} of {@code imaginary}.
 *
 * <p>Let u = 2^-53. A sum of n products of doubles, in any order, is off by at most {@code gamma_n}
 * times the sum of their absolute values, {@code gamma_n = n u / (1 - n u)} (Higham, Accuracy and
 * Stability, section 3.1), and n underflows. Radii are sums of numbers that are not negative, of
 * less than 2^20 operations each: the factor of {@link #up} covers their rounding errors, and
 * {@link #underflow} the underflows of sums and radii. A zero with radius 0 is an exact zero.
 */
public final class ComplexMatrix {

  final double[][] real;
  final double[][] imaginary;
  final double[][] radius;

  /** Whether this is the identity matrix, exactly: products with it are the other factor. */
  private final boolean identity;

  private ComplexMatrix(int rows, int columns, boolean identity) {
    this.real = new double[rows][columns];
    this.imaginary = new double[rows][columns];
    this.radius = new double[rows][columns];
    this.identity = identity;
    for (int i = 0; identity && i < rows; i++) {
      real[i][i] = 1;
    }
  }

  /** Zero, to be filled. */
  ComplexMatrix(int rows, int columns) {
    this(rows, columns, false);
  }

  static ComplexMatrix identity(int size) {
    return new ComplexMatrix(size, size, true);
  }

  static double up(double radius) {
    return radius * (1 + 0x1p-30);
  }

  /** More than underflow takes from all products of what has this size; 0 if that is 0, exactly. */
  static double underflow(double size) {
    return size > 0 ? 0x1p-1000 : 0;
  }

  /** The number of rows. */
  public int rows() {
    return real.length;
  }

  /** The number of columns. */
  public int columns() {
    return real[0].length;
  }

  /** The middle of what encloses the real part of an entry. */
  public double real(int row, int column) {
    return real[row][column];
  }

  /** The middle of what encloses the imaginary part of an entry. */
  public double imaginary(int row, int column) {
    return imaginary[row][column];
  }

  /**
   * {@code this other}.
   *
   * <p>The real part of an entry is a sum of 2n products {@code a_r b_r - a_i b_i}, of which {@code
   * |a_r b_r| + |a_i b_i| <= |a| |b|} with {@code |z| = |z_r| + |z_i|}, and so is the imaginary
   * part. If a is off by r and b by s in both parts, the products of one k are off by at most
   * {@code |a| s + r |b| + 2 r s}.
   */
  ComplexMatrix times(ComplexMatrix other, Runnable look) {
    if (identity || other.identity) {
      return identity ? other : this;
    }
    ComplexMatrix product = new ComplexMatrix(rows(), other.columns());
    double gamma = (columns() + 2) * 0x1p-51;
    for (int i = 0; i < rows(); i++) {
      look.run();
      for (int k = 0; k < columns(); k++) {
        double a = real[i][k];
        double b = imaginary[i][k];
        double off = radius[i][k];
        if (a != 0 || b != 0 || off != 0) {
          double size = Math.abs(a) + Math.abs(b);
          product.add(i, a, b, size + 2 * off, off + gamma * size, other, k);
        }
      }
      product.enlarge(i);
    }
    return product;
  }

  /** Adds {@code (a + b i) row_k} to row i; the radius is so much times radii, and magnitudes. */
  private void add(int i, double a, double b, double ofRadii, double of, ComplexMatrix m, int k) {
    double[] x = m.real[k];
    double[] y = m.imaginary[k];
    double[] r = m.radius[k];
    for (int j = 0; j < x.length; j++) {
      real[i][j] += a * x[j] - b * y[j];
      imaginary[i][j] += a * y[j] + b * x[j];
      double size = Math.abs(x[j]) + Math.abs(y[j]);
      radius[i][j] += ofRadii * r[j] + of * size + underflow(size + r[j]);
    }
  }

  void enlarge(int i) {
    for (int j = 0; j < radius[i].length; j++) {
      radius[i][j] = up(radius[i][j]);
    }
  }

  /** Each row times a number, exactly that of its place. */
  ComplexMatrix scaled(double[] factors) {
    ComplexMatrix scaled = new ComplexMatrix(rows(), columns());
    for (int i = 0; i < rows(); i++) {
      double size = Math.abs(factors[i]);
      if (size != 0) {
        scaled.add(i, factors[i], 0, size, size * 0x1p-51, this, i);
        scaled.enlarge(i);
      }
    }
    return scaled;
  }

  /** The rows of all of these, which have equally many columns, one after the other. */
  static ComplexMatrix stacked(List<ComplexMatrix> parts) {
    int rows = parts.stream().mapToInt(ComplexMatrix::rows).sum();
    ComplexMatrix whole = new ComplexMatrix(rows, parts.getFirst().columns());
    int at = 0;
    for (ComplexMatrix part : parts) {
      for (int i = 0; i < part.rows(); i++, at++) {
        System.arraycopy(part.real[i], 0, whole.real[at], 0, whole.columns());
        System.arraycopy(part.imaginary[i], 0, whole.imaginary[at], 0, whole.columns());
        System.arraycopy(part.radius[i], 0, whole.radius[at], 0, whole.columns());
      }
    }
    return whole;
  }

  /** The sum of some matrices of one size. */
  static ComplexMatrix sum(List<ComplexMatrix> terms) {
    ComplexMatrix sum = new ComplexMatrix(terms.getFirst().rows(), terms.getFirst().columns());
    for (int i = 0; i < sum.rows(); i++) {
      for (ComplexMatrix term : terms) {
        sum.add(i, 1, 0, 1, terms.size() * 0x1p-51, term, i);
      }
      sum.enlarge(i);
    }
    return sum;
  }

  /** The same matrix among more columns: its first one becomes number {@code from}. */
  ComplexMatrix among(int columns, int from) {
    ComplexMatrix wide = new ComplexMatrix(rows(), columns);
    for (int i = 0; i < rows(); i++) {
      System.arraycopy(real[i], 0, wide.real[i], from, columns());
      System.arraycopy(imaginary[i], 0, wide.imaginary[i], from, columns());
      System.arraycopy(radius[i], 0, wide.radius[i], from, columns());
    }
    return wide;
  }

  /** The conjugate transpose. */
  ComplexMatrix adjoint() {
    ComplexMatrix adjoint = new ComplexMatrix(/* rows= */ columns(), /* columns= */ rows());
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < columns(); j++) {
        adjoint.real[j][i] = real[i][j];
        adjoint.imaginary[j][i] = -imaginary[i][j];
        adjoint.radius[j][i] = radius[i][j];
      }
    }
    return adjoint;
  }
}
