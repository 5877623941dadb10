package io.lipc.certifier.lmi;

import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The block factorisation {@code S = U' U} of a matrix that grows by one block of coordinates at a
 * time. Blocks of U that stay empty are neither stored nor multiplied: a chain costs what its band
 * costs.
 */
final class PivotBlocks {

  /** One block column of U: the parts above its diagonal block, and that. */
  private static final class Column {
    final NavigableMap<Integer, double[][]> above;
    final double[][] pivot;
    final Cholesky factor;

    Column(NavigableMap<Integer, double[][]> above, double[][] pivot, Cholesky factor) {
      this.above = above;
      this.pivot = pivot;
      this.factor = factor;
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final Deadline deadline;

  PivotBlocks(Deadline deadline) {
    this.deadline = deadline;
  }

  /** The number of blocks. */
  int size() {
    return columns.size();
  }

  /** The pivot block D_k: what is left of S_kk after the elimination of the blocks before. */
  double[][] pivot(int block) {
    return columns.get(block).pivot;
  }

  /** Forgets block {@code block} and all after it. */
  void truncate(int block) {
    columns.subList(block, columns.size()).clear();
  }

  /**
   * Adds a block.
   *
   * @param above {@code U^-T S_qk} by block q, as {@link #forward} gives it
   * @param diagonal {@code S_kk}; not written to
   * @return whether the new pivot block is positive definite; if not, nothing is added
   */
  boolean append(NavigableMap<Integer, double[][]> above, double[][] diagonal) {
    double[][] pivot = Dense.copy(diagonal);
    above.values().forEach(part -> Dense.addTransposedProduct(pivot, part, part, -1, deadline));
    Optional<Cholesky> factor = Cholesky.of(pivot, deadline);
    factor.ifPresent(value -> columns.add(new Column(above, pivot, value)));
    return factor.isPresent();
  }

  /**
   * {@code U^-T B}.
   *
   * @param b by block, (size of the block) x m; blocks that are zero may be absent
   * @return by block, as {@code b}
   */
  NavigableMap<Integer, double[][]> forward(NavigableMap<Integer, double[][]> b) {
    NavigableMap<Integer, double[][]> solved = new TreeMap<>();
    if (b.isEmpty()) {
      return solved;
    }
    int width = b.values().iterator().next()[0].length;
    for (int block = b.firstKey(); block < columns.size(); block++) {
      Column column = columns.get(block);
      double[][] given = b.get(block);
      double[][] rest =
          given == null ? Dense.zeros(column.factor.size(), width) : Dense.copy(given);
      boolean empty = given == null;
      for (var entry : column.above.entrySet()) {
        double[][] before = solved.get(entry.getKey());
        if (before != null) {
          Dense.addTransposedProduct(rest, entry.getValue(), before, -1, deadline);
          empty = false;
        }
      }
      if (!empty) {
        solved.put(block, column.factor.solveTransposed(rest, deadline));
      }
    }
    return solved;
  }

  /** {@code X' X} for X by block: {@code Z S^-1 Z'} where {@code X = U^-T Z'}. */
  double[][] gram(NavigableMap<Integer, double[][]> x, int width) {
    double[][] gram = Dense.zeros(width, width);
    x.values().forEach(part -> Dense.addTransposedProduct(gram, part, part, 1, deadline));
    return gram;
  }
}
