package io.lipc.linalg;

import java.util.Arrays;

/**
 * Gathers a {@link BlockTridiagonal} matrix from products of linear forms. The blocks above the
 * diagonal, and what is outside of all blocks, are never written to.
 */
public final class BlockSum {

  private final int[] bounds;

  /** The block of each coordinate. */
  private final int[] blocks;

  private final double[][][] diagonal;
  private final double[][][] below;

  /**
   * The zero matrix.
   *
   * @param bounds where the blocks begin, ascending, from 0; at the end the number of rows
   */
  public BlockSum(int... bounds) {
    int count = bounds.length - 1;
    this.bounds = bounds.clone();
    this.blocks = new int[bounds[count]];
    this.diagonal = new double[count][][];
    this.below = new double[Math.max(0, count - 1)][][];
    for (int k = 0; k < count; k++) {
      int rows = bounds[k + 1] - bounds[k];
      Arrays.fill(blocks, bounds[k], bounds[k + 1], k);
      diagonal[k] = Dense.zeros(rows, rows);
      if (k > 0) {
        below[k - 1] = Dense.zeros(rows, bounds[k] - bounds[k - 1]);
      }
    }
  }

  /** Adds to an entry of the diagonal. */
  public void addDiagonal(int i, double value) {
    row(i, blocks[i])[i - bounds[blocks[i]]] += value;
  }

  /**
   * Adds {@code factor (a'b + b'a)}, where a is row i of one matrix and b row i of the other.
   *
   * @throws ArrayIndexOutOfBoundsException if that is not zero outside of the blocks
   */
  public void add(SparseRows a, SparseRows b, int i, double factor) {
    addLower(a, b, i, factor);
    addLower(b, a, i, factor);
  }

  private void addLower(SparseRows a, SparseRows b, int i, double factor) {
    int[] rows = a.indices(i);
    int[] columns = b.indices(i);
    double[] values = b.values(i);
    for (int k = 0; k < rows.length; k++) {
      double scaled = factor * a.values(i)[k];
      for (int l = 0; l < columns.length && blocks[columns[l]] <= blocks[rows[k]]; ) {
        int block = blocks[columns[l]];
        double[] row = row(rows[k], block);
        for (; l < columns.length && columns[l] < bounds[block + 1]; l++) {
          row[columns[l] - bounds[block]] += scaled * values[l];
        }
      }
    }
  }

  /** Row i, in the columns of a block that is its own or the one before; others have no index. */
  private double[] row(int i, int block) {
    int own = blocks[i];
    return (block == own ? diagonal[own] : below[own - 1 == block ? block : -1])[i - bounds[own]];
  }

  /** The matrix; nothing may be added afterwards. */
  public BlockTridiagonal matrix() {
    return new BlockTridiagonal(bounds, diagonal, below);
  }
}
