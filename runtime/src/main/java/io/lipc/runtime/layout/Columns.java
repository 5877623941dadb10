package io.lipc.runtime.layout;

import io.lipc.formats.Tensor;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Transposes weights in tiles that stay in the processor's caches: element by element, each step
 * down a column would be in another page.
 *
 * <p>Everything stands here twice, for float and for double, and a change to one belongs in the
 * other.
 */
public final class Columns {

  /** The rows and columns of a tile. */
  private static final int HEIGHT = 64;

  private static final int WIDTH = 256;

  /** Fewer elements are not worth a second thread. */
  private static final int SHARED_FROM = 1 << 16;

  private Columns() {}

  /** Copies {@code matrix[i][k]} to {@code columns[k][i]}, rounded to float. */
  public static void fill(Tensor matrix, float[][] columns) {
    forEachTile(matrix, from -> fill(matrix, from, columns));
  }

  /** Copies {@code matrix[i][k]} to {@code columns[k][i]}. */
  public static void fill(Tensor matrix, double[][] columns) {
    forEachTile(matrix, from -> fill(matrix, from, columns));
  }

  /** Threads write different rows of the columns, so the result does not depend on their number. */
  private static void forEachTile(Tensor matrix, IntConsumer fill) {
    int tiles = Math.ceilDiv(matrix.shape().get(0), HEIGHT);
    IntStream from = IntStream.range(0, tiles).map(tile -> tile * HEIGHT);
    (matrix.size() > SHARED_FROM ? from.parallel() : from).forEach(fill);
  }

  private static void fill(Tensor matrix, int from, float[][] columns) {
    int height = Math.min(HEIGHT, matrix.shape().get(0) - from);
    int width = Math.min(WIDTH, columns.length);
    float[][] tile = new float[height][width];
    for (int k = 0; k < columns.length; k += width) {
      // The last tile overlaps the one before, where the width does not divide the columns.
      int start = Math.min(k, columns.length - width);
      for (int i = 0; i < height; i++) {
        matrix.copy((from + i) * columns.length + start, tile[i]);
      }
      for (int j = 0; j < width; j++) {
        transpose(tile, j, columns[start + j], from);
      }
    }
  }

  private static void transpose(float[][] tile, int j, float[] column, int from) {
    for (int i = 0; i < tile.length; i++) {
      column[from + i] = tile[i][j];
    }
  }

  private static void fill(Tensor matrix, int from, double[][] columns) {
    int height = Math.min(HEIGHT, matrix.shape().get(0) - from);
    int width = Math.min(WIDTH, columns.length);
    double[][] tile = new double[height][width];
    for (int k = 0; k < columns.length; k += width) {
      // The last tile overlaps the one before, where the width does not divide the columns.
      int start = Math.min(k, columns.length - width);
      for (int i = 0; i < height; i++) {
        matrix.copy((from + i) * columns.length + start, tile[i]);
      }
      for (int j = 0; j < width; j++) {
        transpose(tile, j, columns[start + j], from);
      }
    }
  }

  private static void transpose(double[][] tile, int j, double[] column, int from) {
    for (int i = 0; i < tile.length; i++) {
      column[from + i] = tile[i][j];
    }
  }
}
