package io.lipc.linalg;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Matrices to compute in, which are used again: new ones are memory that no cache has seen, and
 * fetching it takes longer than small products do. A matrix that is <em>taken</em> is the caller's
 * until {@link #reset}; a <em>borrowed</em> one until it is given back. Several threads may take
 * and borrow at once.
 */
public final class Workspace {

  private record Shape(int rows, int columns) {}

  /** The last one that was given back comes first: it is in the cache. */
  private final Map<Shape, ConcurrentLinkedDeque<double[][]>> spare = new ConcurrentHashMap<>();

  private final Queue<double[][]> taken = new ConcurrentLinkedQueue<>();

  /** A workspace that has no memory yet. */
  public Workspace() {}

  /** Whatever stands in it. */
  public double[][] take(int rows, int columns) {
    double[][] matrix = borrow(rows, columns);
    taken.add(matrix);
    return matrix;
  }

  /** A matrix of zeros. */
  public double[][] takeZeros(int rows, int columns) {
    return clear(take(rows, columns));
  }

  /** A copy. */
  public double[][] takeCopy(double[][] matrix) {
    double[][] copy = take(matrix.length, matrix[0].length);
    for (int i = 0; i < copy.length; i++) {
      System.arraycopy(matrix[i], 0, copy[i], 0, copy[i].length);
    }
    return copy;
  }

  /** The transpose. */
  public double[][] takeTransposed(double[][] matrix) {
    double[][] transposed = take(matrix[0].length, matrix.length);
    MatrixProduct.transpose(transposed, matrix, matrix.length, matrix[0].length);
    return transposed;
  }

  /** Whatever stands in it, until it is given back. */
  public double[][] borrow(int rows, int columns) {
    double[][] found = spares(rows, columns).pollFirst();
    return found != null ? found : Entries.zeros(rows, columns);
  }

  double[][] borrowZeros(int rows, int columns) {
    return clear(borrow(rows, columns));
  }

  /** The transpose, until it is given back. */
  public double[][] borrowTransposed(double[][] matrix) {
    double[][] transposed = borrow(matrix[0].length, matrix.length);
    MatrixProduct.transpose(transposed, matrix, matrix.length, matrix[0].length);
    return transposed;
  }

  /** Gives back what was borrowed, and is not used afterwards. */
  public void giveBack(double[][] matrix) {
    spares(matrix.length, matrix[0].length).addFirst(matrix);
  }

  /** Whatever was taken may be used for something else from now on. */
  public void reset() {
    for (double[][] matrix = taken.poll(); matrix != null; matrix = taken.poll()) {
      giveBack(matrix);
    }
  }

  private ConcurrentLinkedDeque<double[][]> spares(int rows, int columns) {
    return spare.computeIfAbsent(new Shape(rows, columns), _ -> new ConcurrentLinkedDeque<>());
  }

  private static double[][] clear(double[][] matrix) {
    for (double[] row : matrix) {
      Arrays.fill(row, 0);
    }
    return matrix;
  }
}
