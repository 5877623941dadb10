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

  private BlockTridiagonal(int[] bounds, double[][][] diagonal, double[][][] below) {
    this.bounds = bounds;
    this.diagonal = diagonal;
    this.below = below;
  }

  /**
   * The blocks of a symmetric matrix; what is outside of them is not read.
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

  /** What elimination from the last block to the second made. */
  private record Eliminated(List<Cholesky> pivots, List<double[][]> halves, double[][] first) {}

  /** With V'V the pivot of block k + 1, {@code half = V^-T below_k}. */
  private Optional<Eliminated> eliminated() {
    List<Cholesky> pivots = new ArrayList<>();
    List<double[][]> halves = new ArrayList<>();
    double[][] rest = Dense.copy(diagonal[diagonal.length - 1]);
    for (int k = below.length - 1; k >= 0; k--) {
      Optional<Cholesky> pivot = Cholesky.of(rest);
      if (pivot.isEmpty()) {
        return Optional.empty();
      }
      double[][] half = pivot.get().solveTransposed(below[k]);
      rest = Dense.copy(diagonal[k]);
      Dense.addTransposedProduct(rest, half, half, -1);
      pivots.addFirst(pivot.get());
      halves.addFirst(half);
    }
    return Optional.of(new Eliminated(pivots, halves, rest));
  }

  /**
   * The Schur complement of all blocks but the first: the form's least value over these.
   *
   * @return empty if they are not positive definite in doubles
   */
  public Optional<double[][]> onFirstBlock() {
    return eliminated().map(Eliminated::first);
  }

  /**
   * A factor F of the matrix {@code F' F}.
   *
   * @return empty if a pivot is not positive and finite: nothing is shifted or repaired
   */
  public Optional<Factor> factor() {
    return eliminated()
        .flatMap(
            made ->
                Cholesky.of(made.first)
                    .map(
                        first -> {
                          List<Cholesky> pivots = new ArrayList<>(made.pivots);
                          pivots.addFirst(first);
                          return new Factor(this, pivots, made.halves);
                        }));
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
    public double[][] inverse() {
      int n = of.size();
      double[][] inverse = new double[n][n];
      write(pivots.getFirst().inverse(), inverse, 0);
      for (int k = 0; k < halves.size(); k++) {
        double[][] pivot = pivots.get(k + 1).inverse();
        double[][] h = new double[of.below[k][0].length][pivot.length];
        Dense.addTransposedProduct(h, of.below[k], pivot, 1);
        double[][] before = rows(inverse, k);
        double[][] own = rows(inverse, k + 1);
        new Dense.Update(own, h, before, -1, false)
            .run(Range.all(h), Range.all(own), of.bounds[k + 1], false);
        double[][] beside = part(inverse, of.bounds, k + 1, k);
        double[][] product = Dense.product(beside, h);
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
