package io.lipc.certifier.lmi;

import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The matrix {@code P_x - sum lambda_i Q_i} over the coordinates so far, and its pivots. It begins
 * with the block of the input, which is the identity.
 */
final class GrowingMatrix {

  /** Column k: the blocks S_qk for q up to and including k. */
  private final List<NavigableMap<Integer, double[][]>> columns = new ArrayList<>();

  private final PivotBlocks pivots;
  private final Deadline deadline;

  GrowingMatrix(int inputs, Deadline deadline) {
    this.deadline = deadline;
    this.pivots = new PivotBlocks(deadline);
    columns.add(new TreeMap<>(Map.of(0, Dense.identity(inputs))));
    factor(0);
  }

  /** The number of blocks. */
  int size() {
    return columns.size();
  }

  /** {@code Z D^-1 Z'}, where D is the matrix so far. */
  double[][] image(Signal z) {
    return pivots.gram(pivots.forward(z.transposed()), z.rows());
  }

  /** The least eigenvalue of the pivot of {@code block}. */
  double leastPivot(int block) {
    return Eigenvalues.least(pivots.pivot(block), deadline);
  }

  /**
   * Adds a unit: a block w with {@code D_ww} on the diagonal, {@code Z' diag(cross)} above it, and
   * {@code Z' diag(square) Z} to what is there.
   *
   * @return whether all pivots are positive definite
   */
  boolean add(Signal z, double[] square, double[] cross, double[] own) {
    boolean changesZ = !isZero(square);
    if (changesZ) {
      addSquare(z, square);
    }
    int block = columns.size();
    NavigableMap<Integer, double[][]> column = new TreeMap<>();
    if (!isZero(cross)) {
      z.scaled(cross).transposed().forEach(column::put);
    }
    double[][] diagonal = Dense.zeros(own.length, own.length);
    for (int i = 0; i < own.length; i++) {
      diagonal[i][i] = own[i];
    }
    column.put(block, diagonal);
    columns.add(column);
    return factor(changesZ && !z.isConstant() ? z.parts().firstKey() : block);
  }

  private void addSquare(Signal z, double[] square) {
    NavigableMap<Integer, double[][]> weighted = z.scaled(square).parts();
    for (var left : z.parts().entrySet()) {
      for (var right : weighted.tailMap(left.getKey(), true).entrySet()) {
        double[][] target =
            columns
                .get(right.getKey())
                .computeIfAbsent(
                    left.getKey(),
                    _ -> Dense.zeros(left.getValue()[0].length, right.getValue()[0].length));
        Dense.addTransposedProduct(target, left.getValue(), right.getValue(), 1, deadline);
      }
    }
  }

  private boolean factor(int from) {
    pivots.truncate(from);
    for (int block = from; block < columns.size(); block++) {
      NavigableMap<Integer, double[][]> column = columns.get(block);
      double[][] diagonal = Objects.requireNonNull(column.get(block));
      if (!pivots.append(pivots.forward(column.headMap(block, false)), diagonal)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
