package io.lipc.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A symmetric matrix that is zero but in the blocks on its diagonal and beside them: what a chain
 * makes, where each layer meets its neighbours alone. Two blocks are any symmetric matrix.
 */
public final class BlockTridiagonal {

  /** Rows and columns of a transposition's block. */
  private static final int TILE = 32;

  /** Block k has the coordinates from bounds[k] until bounds[k + 1]. */
  private final int[] bounds;

  private final double[][][] diagonal;

  /** Block k + 1 in rows, block k in columns. */
  private final double[][][] below;

  BlockTridiagonal(int[] bounds, double[][][] diagonal, double[][][] below) {
    this.bounds = bounds;
    this.diagonal = diagonal;
    this.below = below;
  }

  /**
   * The blocks of a symmetric matrix; entries outside of them are not read.
   *
   * @param bounds where the blocks begin, ascending, from 0; at the end the number of rows
   */
  public static BlockTridiagonal of(double[][] symmetric, int[] bounds) {
    int blocks = bounds.length - 1;
    double[][][] diagonal = new double[blocks][][];
    double[][][] below = new double[Math.max(0, blocks - 1)][][];
    for (int k = 0; k < blocks; k++) {
      diagonal[k] = part(symmetric, bounds, k, k);
      if (k + 1 < blocks) {
        below[k] = part(symmetric, bounds, k + 1, k);
      }
    }
    return new BlockTridiagonal(bounds.clone(), diagonal, below);
  }

  private static double[][] part(double[][] a, int[] bounds, int rows, int columns) {
    double[][] part = new double[bounds[rows + 1] - bounds[rows]][];
    Arrays.setAll(
        part, i -> Arrays.copyOfRange(a[bounds[rows] + i], bounds[columns], bounds[columns + 1]));
    return part;
  }

  /** The number of rows. */
  public int size() {
    return bounds[bounds.length - 1];
  }

  private static double[] part(double[] v, int[] bounds, int k) {
    return Arrays.copyOfRange(v, bounds[k], bounds[k + 1]);
  }

  /** The product with a vector. */
  public double[] times(double[] v) {
    double[] image = new double[v.length];
    for (int k = 0; k < diagonal.length; k++) {
      double[] own = part(v, bounds, k);
      add(image, bounds[k], diagonal[k], own);
      if (k > 0) {
        add(image, bounds[k], below[k - 1], part(v, bounds, k - 1));
      }
      if (k < below.length) {
        double[] next = transposedTimes(below[k], part(v, bounds, k + 1));
        for (int i = 0; i < next.length; i++) {
          image[bounds[k] + i] += next[i];
        }
      }
    }
    return image;
  }

  private static void add(double[] target, int from, double[][] rows, double[] v) {
    for (int i = 0; i < rows.length; i++) {
      target[from + i] += Dense.dot(rows[i], v, 0, v.length);
    }
  }

  private static double[] transposedTimes(double[][] rows, double[] v) {
    double[] image = new double[rows[0].length];
    for (int i = 0; i < v.length; i++) {
      Dense.addScaled(image, rows[i], v[i]);
    }
    return image;
  }

  /**
   * The matrix with this added to its diagonal.
   *
   * @param shifts one number for each row
   */
  public BlockTridiagonal plusDiagonal(double[] shifts) {
    double[][][] shifted = new double[diagonal.length][][];
    for (int k = 0; k < shifted.length; k++) {
      shifted[k] = Dense.copy(diagonal[k]);
      for (int i = 0; i < shifted[k].length; i++) {
        shifted[k][i][i] += shifts[bounds[k] + i];
      }
    }
    return new BlockTridiagonal(bounds, shifted, below);
  }

  /**
   * Elimination of the last block, then of the one before it, and so on to the second, or until a
   * pivot is not positive definite in doubles: nothing is shifted or repaired.
   */
  public Elimination eliminate(Deadline deadline) {
    List<Cholesky> pivots = new ArrayList<>();
    List<double[][]> halves = new ArrayList<>();
    double[][] rest = Dense.copy(diagonal[diagonal.length - 1]);
    int block = below.length;
    for (; block > 0; block--) {
      Optional<Cholesky> pivot = Cholesky.of(rest, deadline);
      if (pivot.isEmpty()) {
        break;
      }
      double[][] half = pivot.get().solveTransposed(below[block - 1], deadline);
      rest = Dense.copy(diagonal[block - 1]);
      Dense.addTransposedProduct(rest, half, half, -1, deadline);
      pivots.add(0, pivot.get());
      halves.add(0, half);
    }
    return new Elimination(bounds, block, pivots, halves, rest);
  }

  /** The form's least values over the last blocks, and where it has them. */
  public static final class Elimination {

    private final int[] bounds;
    private final int block;

    /** The factors V'V of the pivots of the blocks behind, and {@code V^-T below} of each. */
    private final List<Cholesky> pivots;

    private final List<double[][]> halves;
    private final double[][] rest;

    private Elimination(
        int[] bounds, int block, List<Cholesky> pivots, List<double[][]> halves, double[][] rest) {
      this.bounds = bounds;
      this.block = block;
      this.pivots = List.copyOf(pivots);
      this.halves = List.copyOf(halves);
      this.rest = rest;
    }

    /** The last block that is left: 0 if all others were eliminated. */
    public int block() {
      return block;
    }

    /**
     * The Schur complement on that block of all blocks behind it, not a copy: the form's least
     * value over these. It is not positive definite where the block is not the first.
     */
    public double[][] rest() {
      return rest;
    }

    /**
     * Vectors whose part on that block is given, zero before it and behind it where the form is
     * least.
     *
     * @param part one column for each vector
     * @return the whole vectors, as columns
     */
    public double[][] extended(double[][] part, Deadline deadline) {
      List<double[][]> parts = new ArrayList<>();
      parts.add(new double[bounds[block]][part[0].length]);
      parts.add(part);
      for (int k = 0; k < halves.size(); k++) {
        double[][] right =
            Dense.transpose(Dense.product(halves.get(k), parts.get(parts.size() - 1), deadline));
        double[][] solved = new double[right.length][right[0].length];
        for (int j = 0; j < right.length; j++) {
          Dense.addScaled(solved[j], pivots.get(k).backward(right[j]), -1);
        }
        parts.add(Dense.transpose(solved));
      }
      return parts.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    }
  }

  /**
   * The Schur complement of all blocks but the first: the form's least value over these.
   *
   * @return empty if they are not positive definite in doubles
   */
  public Optional<double[][]> onFirstBlock(Deadline deadline) {
    Elimination made = eliminate(deadline);
    return made.block == 0 ? Optional.of(made.rest) : Optional.empty();
  }

  /**
   * A factor F of the matrix {@code F' F}.
   *
   * @return empty if a pivot is not positive and finite: nothing is shifted or repaired
   */
  public Optional<Factor> factor(Deadline deadline) {
    Elimination made = eliminate(deadline);
    return (made.block == 0 ? Cholesky.of(made.rest, deadline) : Optional.<Cholesky>empty())
        .map(
            first -> {
              List<Cholesky> pivots = new ArrayList<>(made.pivots);
              pivots.add(0, first);
              return new Factor(this, pivots, made.halves);
            });
  }

  /** F, by its blocks: those on the diagonal, and those beside them. */
  public static final class Factor {

    private final BlockTridiagonal of;
    private final List<Cholesky> pivots;
    private final List<double[][]> halves;

    private Factor(BlockTridiagonal of, List<Cholesky> pivots, List<double[][]> halves) {
      this.of = of;
      this.pivots = List.copyOf(pivots);
      this.halves = List.copyOf(halves);
    }

    /** The logarithm of the matrix's determinant. */
    public double logDeterminant() {
      return pivots.stream().mapToDouble(Cholesky::logDeterminant).sum();
    }

    /** The solution {@code F^-T v} of {@code F' x = v}. */
    public double[] forward(double[] v) {
      double[] x = v.clone();
      for (int k = pivots.size() - 1; k >= 0; k--) {
        double[] right = part(x, of.bounds, k);
        if (k < halves.size()) {
          double[] after = part(x, of.bounds, k + 1);
          Dense.addScaled(right, transposedTimes(halves.get(k), after), -1);
        }
        put(pivots.get(k).forward(right), x, k);
      }
      return x;
    }

    /** The solution {@code F^-1 v} of {@code F x = v}. */
    public double[] backward(double[] v) {
      double[] x = v.clone();
      for (int k = 0; k < pivots.size(); k++) {
        double[] right = part(x, of.bounds, k);
        if (k > 0) {
          double[] image = new double[right.length];
          add(image, 0, halves.get(k - 1), part(x, of.bounds, k - 1));
          Dense.addScaled(right, image, -1);
        }
        put(pivots.get(k).backward(right), x, k);
      }
      return x;
    }

    private void put(double[] values, double[] x, int k) {
      System.arraycopy(values, 0, x, of.bounds[k], values.length);
    }

    /**
     * The inverse, which has no zero blocks, symmetric to the last bit. With P_k the pivots and
     * {@code H = P_(k+1)^-1 below_k}, row k + 1 of its blocks is {@code -H} times row k, up to
     * column k; then {@code P_(k+1)^-1 + H A_kk H'}.
     */
    public double[][] inverse(Deadline deadline) {
      int n = of.size();
      double[][] inverse = Dense.zeros(n, n);
      write(pivots.get(0).inverse(deadline), inverse, 0);
      for (int k = 0; k < halves.size(); k++) {
        double[][] pivot = pivots.get(k + 1).inverse(deadline);
        double[][] h = new double[of.below[k][0].length][pivot.length];
        Dense.addTransposedProduct(h, of.below[k], pivot, 1, deadline);
        double[][] before = rows(inverse, k);
        double[][] own = rows(inverse, k + 1);
        new Dense.Update(own, h, before, -1, false)
            .run(Range.all(h), Range.all(own), of.bounds[k + 1], false, deadline);
        double[][] beside = part(inverse, of.bounds, k + 1, k);
        double[][] product = Dense.product(beside, h, deadline);
        for (int i = 0; i < pivot.length; i++) {
          Dense.addScaled(pivot[i], product[i], -1);
        }
        Dense.symmetrise(pivot);
        write(pivot, inverse, k + 1);
      }
      mirror(inverse);
      return inverse;
    }

    private double[][] rows(double[][] a, int k) {
      return Arrays.copyOfRange(a, of.bounds[k], of.bounds[k + 1]);
    }

    private void write(double[][] block, double[][] a, int k) {
      for (int i = 0; i < block.length; i++) {
        System.arraycopy(block[i], 0, a[of.bounds[k] + i], of.bounds[k], block.length);
      }
    }

    /** Copies what is below the diagonal to above it. */
    private static void mirror(double[][] a) {
      for (int from = 0; from < a.length; from += TILE) {
        for (int left = 0; left <= from; left += TILE) {
          for (int i = from; i < Math.min(a.length, from + TILE); i++) {
            for (int j = left; j < Math.min(i, left + TILE); j++) {
              a[j][i] = a[i][j];
            }
          }
        }
      }
    }
  }
}
