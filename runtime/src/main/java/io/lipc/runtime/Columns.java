package io.lipc.runtime;

import io.lipc.formats.Tensor;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Transposes weights in tiles that stay in the processor's caches: a matrix of many rows has a page
 * for each, and element by element every step would miss.
 *
 * <p>Everything stands here twice, for float and for double, and a change to one belongs in the
 * other.
 */
final class Columns {

  /** The side of a tile: of floats, two lines of a cache. */
  private static final int TILE = 32;

  /** Fewer elements are not worth a second thread. */
  private static final int SHARED_FROM = 1 << 16;

  private Columns() {}

  /** Copies {@code matrix[i][k]} to {@code columns[k][i]}, rounded to float. */
  static void fill(Tensor matrix, float[][] columns) {
    forEachTile(matrix, from -> fill(matrix, from, columns));
  }

  /** Copies {@code matrix[i][k]} to {@code columns[k][i]}. */
  static void fill(Tensor matrix, double[][] columns) {
    forEachTile(matrix, from -> fill(matrix, from, columns));
  }

  /** Threads write different rows of the columns, so the result does not depend on their number. */
  private static void forEachTile(Tensor matrix, IntConsumer fill) {
    int tiles = Math.ceilDiv(matrix.shape().get(0), TILE);
    IntStream from = IntStream.range(0, tiles).map(tile -> tile * TILE);
    (matrix.size() > SHARED_FROM ? from.parallel() : from).forEach(fill);
  }

  private static void fill(Tensor matrix, int from, float[][] columns) {
    int count = Math.min(TILE, matrix.shape().get(0) - from);
    float[][] rows = new float[count][columns.length];
    for (int i = 0; i < count; i++) {
      matrix.copy((from + i) * columns.length, rows[i]);
    }
    for (int k = 0; k < columns.length; k += TILE) {
      transpose(rows, k, Math.min(k + TILE, columns.length), columns, from);
    }
  }

  private static void transpose(float[][] rows, int k0, int k1, float[][] columns, int from) {
    for (int k = k0; k < k1; k++) {
      float[] column = columns[k];
      for (int i = 0; i < rows.length; i++) {
        column[from + i] = rows[i][k];
      }
    }
  }

  private static void fill(Tensor matrix, int from, double[][] columns) {
    int count = Math.min(TILE, matrix.shape().get(0) - from);
    double[][] rows = new double[count][columns.length];
    for (int i = 0; i < count; i++) {
      matrix.copy((from + i) * columns.length, rows[i]);
    }
    for (int k = 0; k < columns.length; k += TILE) {
      transpose(rows, k, Math.min(k + TILE, columns.length), columns, from);
    }
  }

  private static void transpose(double[][] rows, int k0, int k1, double[][] columns, int from) {
    for (int k = k0; k < k1; k++) {
      double[] column = columns[k];
      for (int i = 0; i < rows.length; i++) {
        column[from + i] = rows[i][k];
      }
    }
  }
}
