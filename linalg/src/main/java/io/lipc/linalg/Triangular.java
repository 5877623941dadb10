package io.lipc.linalg;

import java.util.Arrays;
import java.util.Optional;

/**
 * Factorisation and solution with lower triangular matrices, in blocks of rows: what the rows
 * before a block do to it is a product, only the block itself is worked off row by row. Each entry
 * is a sum of fused products in the order of elimination, whatever the blocks are; entries above
 * the diagonal are never read.
 */
public final class Triangular {

  private static final int BLOCK = 4;

  /** Two vectors of 512 bits. */
  private static final int WHOLE = 16;

  private Triangular() {}

  /**
   * The Cholesky factor of a matrix: the lower triangular L with a positive diagonal and {@code L
   * L' = (A + A') / 2}.
   *
   * @param workspace where L is taken from
   * @return empty if a pivot is not positive and finite: nothing is shifted or repaired
   */
  public static Optional<double[][]> cholesky(double[][] a, Workspace workspace) {
    return factor(MatrixProduct.transpose(reversed(Entries.symmetricPart(a))), workspace);
  }

  /** The Cholesky factor of {@code A A' + s I}; see {@link #cholesky}. */
  public static Optional<double[][]> choleskyOfShiftedGram(
      double[][] a, double s, Workspace workspace) {
    int n = a.length;
    double[][] mirrored = mirroredGram(a, workspace);
    for (int i = 0; i < n; i++) {
      mirrored[i][n - 1 - i] += s;
    }
    Optional<double[][]> lower = factor(mirrored, workspace);
    workspace.giveBack(mirrored);
    return lower;
  }

  /**
   * {@code A A'} with its columns in reverse order, where it is on or above the diagonal; borrowed.
   */
  private static double[][] mirroredGram(double[][] a, Workspace workspace) {
    int n = a.length;
    int width = a[0].length;
    double[][] transposed = workspace.borrow(width, n);
    MatrixProduct.transpose(transposed, reversed(a), n, width);
    double[][] mirrored;
    if (MatrixProduct.isLarge(n, width, n)) {
      mirrored = Dense.product(a, transposed, Deadline.NONE);
    } else {
      mirrored = workspace.borrowZeros(n, n);
      Range terms = new Range(0, width);
      for (int from = 0; from < n; from += BLOCK) {
        Range rows = new Range(from, Math.min(n, from + BLOCK));
        MatrixProduct.accumulate(
            mirrored, Coefficients.of(a), transposed, rows, terms, atLeast(n - from, n));
      }
    }
    workspace.giveBack(transposed);
    return mirrored;
  }

  /**
   * The number of columns, or some more of n, that fill vectors: what is computed beside a triangle
   * is not read, and the rest of a vector takes as long as a whole one.
   */
  private static int atLeast(int columns, int n) {
    return Vectors.areOn() ? Math.min(n, (columns + WHOLE - 1) / WHOLE * WHOLE) : columns;
  }

  /**
   * The lower triangular factor of a symmetric matrix whose columns are in reverse order, so that
   * what is on or above the diagonal comes first in each row: loops begin at 0. The rows are
   * overwritten by those of L', in the same order of columns.
   */
  private static Optional<double[][]> factor(double[][] mirrored, Workspace workspace) {
    int n = mirrored.length;
    double[][] lower = workspace.takeZeros(n, n);
    Coefficients negative = Coefficients.negative(lower);
    for (int from = 0; from < n; from += BLOCK) {
      Range rows = new Range(from, Math.min(n, from + BLOCK));
      MatrixProduct.accumulate(
          mirrored, negative, mirrored, rows, new Range(0, from), atLeast(n - from, n));
      for (int k = from; k < rows.to(); k++) {
        if (!isEliminated(mirrored, k, from)) {
          return Optional.empty();
        }
      }
      for (int i = from; i < n; i++) {
        for (int k = from; k < Math.min(rows.to(), i + 1); k++) {
          lower[i][k] = mirrored[k][n - 1 - i];
        }
      }
    }
    return Optional.of(lower);
  }

  /**
   * Row k of L', when those before {@code from} have been subtracted; false where there is none.
   */
  private static boolean isEliminated(double[][] mirrored, int k, int from) {
    double[] row = mirrored[k];
    int columns = row.length - k;
    for (int before = from; before < k; before++) {
      MatrixProduct.addScaled(row, mirrored[before], -mirrored[before][columns - 1], columns);
    }
    double pivot = row[columns - 1];
    if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
      return false;
    }
    divide(row, Math.sqrt(pivot), columns);
    return true;
  }

  /**
   * The lower triangle of {@code L' B} for lower triangular L, diagonal included; zeros above it.
   */
  public static double[][] lowerOfTransposedProduct(
      double[][] lower, double[][] b, Workspace workspace) {
    int n = lower.length;
    Coefficients upper = Coefficients.transposed(lower);
    double[][] product = workspace.takeZeros(n, n);
    for (int from = 0; from < n; from += BLOCK) {
      Range rows = new Range(from, Math.min(n, from + BLOCK));
      MatrixProduct.accumulate(product, upper, b, rows, new Range(from, n), atLeast(rows.to(), n));
    }
    clearAboveDiagonal(product);
    return product;
  }

  /** The congruence {@code L^-T M' L^-1} of a square M, which is overwritten. */
  public static double[][] congruenceOfTransposed(
      double[][] lower, double[][] m, Workspace workspace) {
    // As L^-T (L^-T M)', so that both solutions are with the same side of L.
    solveTransposedInPlace(lower, m);
    double[][] half = workspace.takeTransposed(m);
    solveTransposedInPlace(lower, half);
    return half;
  }

  /** The solution {@code L^-1 B} of {@code L X = B}. */
  public static double[][] solve(double[][] lower, double[][] b, Workspace workspace) {
    double[][] x = workspace.takeCopy(b);
    solveInPlace(lower, x);
    return x;
  }

  /** The solution {@code L^-T B} of {@code L' X = B}. */
  public static double[][] solveTransposed(double[][] lower, double[][] b, Workspace workspace) {
    double[][] x = workspace.takeCopy(b);
    solveTransposedInPlace(lower, x);
    return x;
  }

  /** Replaces B by the solution {@code L^-1 B} of {@code L X = B}. */
  public static void solveInPlace(double[][] lower, double[][] x) {
    int n = x.length;
    int columns = x[0].length;
    Coefficients negative = Coefficients.negative(lower);
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      MatrixProduct.accumulate(x, negative, x, new Range(from, to), new Range(0, from), columns);
      if (to == from + BLOCK) {
        solveBlock(lower, x, from, columns);
      } else {
        solveRows(lower, x, from, columns);
      }
    }
  }

  /** Replaces B by the solution {@code L^-T B} of {@code L' X = B}, from its last row on. */
  public static void solveTransposedInPlace(double[][] lower, double[][] x) {
    int n = x.length;
    int columns = x[0].length;
    // Terms are taken from the last row to the first, too.
    Coefficients negative = Coefficients.negativeTransposed(reversed(lower));
    double[][] terms = reversed(x);
    for (int to = n; to > 0; to -= BLOCK) {
      int from = Math.max(0, to - BLOCK);
      MatrixProduct.accumulate(
          x, negative, terms, new Range(from, to), new Range(0, n - to), columns);
      if (from == to - BLOCK) {
        solveBlockTransposed(lower, x, from, columns);
      } else {
        solveRowsTransposed(lower, x, to, columns);
      }
    }
  }

  /** Rows from {@code from} on, when those before have been subtracted. */
  private static void solveRows(double[][] lower, double[][] x, int from, int columns) {
    for (int i = from; i < x.length; i++) {
      for (int k = from; k < i; k++) {
        MatrixProduct.addScaled(x[i], x[k], -lower[i][k], columns);
      }
      divide(x[i], lower[i][i], columns);
    }
  }

  /** The same for four rows, in one loop. */
  private static void solveBlock(double[][] lower, double[][] x, int from, int columns) {
    double[] x0 = x[from];
    double[] x1 = x[from + 1];
    double[] x2 = x[from + 2];
    double[] x3 = x[from + 3];
    double l00 = lower[from][from];
    double l10 = -lower[from + 1][from];
    double l11 = lower[from + 1][from + 1];
    double l20 = -lower[from + 2][from];
    double l21 = -lower[from + 2][from + 1];
    double l22 = lower[from + 2][from + 2];
    double l30 = -lower[from + 3][from];
    double l31 = -lower[from + 3][from + 1];
    double l32 = -lower[from + 3][from + 2];
    double l33 = lower[from + 3][from + 3];
    for (int j = 0; j < columns; j++) {
      double y0 = x0[j] / l00;
      double y1 = Math.fma(l10, y0, x1[j]) / l11;
      double y2 = Math.fma(l21, y1, Math.fma(l20, y0, x2[j])) / l22;
      double y3 = Math.fma(l32, y2, Math.fma(l31, y1, Math.fma(l30, y0, x3[j]))) / l33;
      x0[j] = y0;
      x1[j] = y1;
      x2[j] = y2;
      x3[j] = y3;
    }
  }

  /** Rows before {@code to}, when those from there on have been subtracted. */
  private static void solveRowsTransposed(double[][] lower, double[][] x, int to, int columns) {
    for (int i = to - 1; i >= 0; i--) {
      for (int k = to - 1; k > i; k--) {
        MatrixProduct.addScaled(x[i], x[k], -lower[k][i], columns);
      }
      divide(x[i], lower[i][i], columns);
    }
  }

  /** The same for four rows, in one loop. */
  private static void solveBlockTransposed(double[][] lower, double[][] x, int from, int columns) {
    double[] x0 = x[from];
    double[] x1 = x[from + 1];
    double[] x2 = x[from + 2];
    double[] x3 = x[from + 3];
    double l00 = lower[from][from];
    double l10 = -lower[from + 1][from];
    double l11 = lower[from + 1][from + 1];
    double l20 = -lower[from + 2][from];
    double l21 = -lower[from + 2][from + 1];
    double l22 = lower[from + 2][from + 2];
    double l30 = -lower[from + 3][from];
    double l31 = -lower[from + 3][from + 1];
    double l32 = -lower[from + 3][from + 2];
    double l33 = lower[from + 3][from + 3];
    for (int j = 0; j < columns; j++) {
      double y3 = x3[j] / l33;
      double y2 = Math.fma(l32, y3, x2[j]) / l22;
      double y1 = Math.fma(l21, y2, Math.fma(l31, y3, x1[j])) / l11;
      double y0 = Math.fma(l10, y1, Math.fma(l20, y2, Math.fma(l30, y3, x0[j]))) / l00;
      x3[j] = y3;
      x2[j] = y2;
      x1[j] = y1;
      x0[j] = y0;
    }
  }

  /** The same rows from the last to the first. */
  private static double[][] reversed(double[][] rows) {
    int last = rows.length - 1;
    double[][] reversed = new double[last + 1][];
    for (int i = 0; i <= last; i++) {
      reversed[i] = rows[last - i];
    }
    return reversed;
  }

  /** The Gram matrix {@code A A'}, symmetric to the last bit. */
  public static double[][] gram(double[][] a, Workspace workspace) {
    double[][] transposed = workspace.takeTransposed(a);
    double[][] gram = lowerProduct(Coefficients.of(a), transposed, a.length, workspace);
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < i; j++) {
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  /** The lower triangle of {@code -A B}, square, diagonal included; zeros above it. */
  public static double[][] lowerOfNegativeProduct(double[][] a, double[][] b, Workspace workspace) {
    double[][] product = lowerProduct(Coefficients.negative(a), b, a.length, workspace);
    clearAboveDiagonal(product);
    return product;
  }

  /** The product with B, square, where it is on or below the diagonal; elsewhere anything. */
  private static double[][] lowerProduct(Coefficients a, double[][] b, int n, Workspace workspace) {
    if (MatrixProduct.isLarge(n, b.length, n)) {
      return Entries.scaled(Dense.product(a.entries(), b, Deadline.NONE), a.sign());
    }
    double[][] product = workspace.takeZeros(n, n);
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      MatrixProduct.accumulate(
          product, a, b, new Range(from, to), new Range(0, b.length), atLeast(to, n));
    }
    return product;
  }

  private static void clearAboveDiagonal(double[][] square) {
    for (int i = 0; i < square.length; i++) {
      Arrays.fill(square[i], i + 1, square.length, 0);
    }
  }

  private static void divide(double[] row, double divisor, int columns) {
    for (int j = 0; j < columns; j++) {
      row[j] /= divisor;
    }
  }
}
