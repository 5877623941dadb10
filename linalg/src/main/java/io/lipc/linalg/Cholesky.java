package io.lipc.linalg;

import java.util.Arrays;
import java.util.Optional;

/**
 * The factorisation {@code A = U' U} of a positive definite matrix, U upper triangular. A matrix
 * for which it fails has none: nothing is repaired.
 */
public final class Cholesky {

  private static final int BLOCK = 32;

  private final double[][] upper;

  private Cholesky(double[][] upper) {
    this.upper = upper;
  }

  /**
   * Factors a symmetric matrix, of which only the upper triangle is read.
   *
   * @return empty if a pivot is not positive and finite
   */
  public static Optional<Cholesky> of(double[][] symmetric, Deadline deadline) {
    deadline.check();
    double[][] u = Dense.copy(symmetric);
    int n = u.length;
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int k = from; k < to; k++) {
        double pivot = u[k][k];
        if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
          return Optional.empty();
        }
        double root = Math.sqrt(pivot);
        u[k][k] = root;
        for (int j = k + 1; j < n; j++) {
          u[k][j] /= root;
        }
        for (int i = k + 1; i < to; i++) {
          Dense.axpy(u[i], u[k], -u[k][i], i, n);
        }
      }
      new Dense.Update(u, u, u, -1, true)
          .run(new Range(from, to), new Range(to, n), n, true, deadline);
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(u[i], 0, i, 0);
    }
    return Optional.of(new Cholesky(u));
  }

  /** The number of rows and columns of A. */
  public int size() {
    return upper.length;
  }

  /** The logarithm of the determinant of A. */
  public double logDeterminant() {
    double sum = 0;
    for (int k = 0; k < upper.length; k++) {
      sum += 2 * Math.log(upper[k][k]);
    }
    return sum;
  }

  /** The solution {@code U^-T B} of {@code U' X = B}, for B with {@link #size()} rows. */
  public double[][] solveTransposed(double[][] b, Deadline deadline) {
    return solveTransposed(Dense.copy(b), false, deadline);
  }

  /**
   * Solves {@code U' X = B} in place.
   *
   * @param lower whether x is lower triangular, and so what it becomes
   */
  private double[][] solveTransposed(double[][] x, boolean lower, Deadline deadline) {
    int n = upper.length;
    Dense.Update update = new Dense.Update(x, upper, x, -1, true);
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      int columns = lower ? to : x[0].length;
      deadline.check();
      for (int k = from; k < to; k++) {
        double pivot = upper[k][k];
        for (int j = 0; j < columns; j++) {
          x[k][j] /= pivot;
        }
        for (int i = k + 1; i < to; i++) {
          Dense.axpy(x[i], x[k], -upper[k][i], 0, columns);
        }
      }
      update.run(new Range(from, to), new Range(to, n), columns, false, deadline);
    }
    return x;
  }

  /** The solution {@code U^-T v} of {@code U' x = v}. */
  public double[] forward(double[] v) {
    double[] x = v.clone();
    for (int k = 0; k < x.length; k++) {
      x[k] /= upper[k][k];
      Dense.axpy(x, upper[k], -x[k], k + 1, x.length);
    }
    return x;
  }

  /** The solution {@code U^-1 v} of {@code U x = v}. */
  public double[] backward(double[] v) {
    double[] x = v.clone();
    for (int k = x.length - 1; k >= 0; k--) {
      x[k] = (x[k] - Dense.dot(upper[k], x, k + 1, x.length)) / upper[k][k];
    }
    return x;
  }

  /** The solution {@code A^-1 v} of {@code A x = v}. */
  public double[] solve(double[] v) {
    return backward(forward(v));
  }

  /** The inverse {@code U^-T} of U', the lower triangular M with {@code M A M' = I}. */
  public double[][] inverseTransposed(Deadline deadline) {
    return solveTransposed(Dense.identity(upper.length), true, deadline);
  }

  /** The inverse {@code A^-1}, symmetric to the last bit. */
  public double[][] inverse(Deadline deadline) {
    return Dense.gramOfLower(inverseTransposed(deadline), deadline);
  }
}
