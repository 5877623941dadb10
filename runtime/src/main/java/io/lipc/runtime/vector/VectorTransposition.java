package io.lipc.runtime.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Transposes by the Vector API, in squares of eight by eight: half the time of {@code Transposed},
 * which loads and stores number by number. Loaded only where the module of vectors is.
 */
public final class VectorTransposition {

  private static final int SIDE = VectorStrips.SIDE;

  private VectorTransposition() {}

  /**
   * Whether this processor has such vectors, and squares fit into the matrix that is to be
   * transposed.
   */
  public static boolean isPossible(int rows, int size) {
    return FloatVector.SPECIES_PREFERRED.length() >= SIDE && rows >= SIDE && size >= SIDE;
  }

  /** Puts rows into a block: {@code block[i][at + r] = rows[from + r][i]}. */
  public static void transpose(
      float[][] rows, int from, int count, float[][] block, int at, int size) {
    for (int r = 0; r < count; r += SIDE) {
      int row = Math.min(r, count - SIDE);
      VectorStrips.transpose(rows, from + row, size, block, 0, at + row);
    }
  }

  /** Takes rows out of a block: {@code rows[from + r][i] = block[i][r]}. */
  public static void transposeBack(float[][] block, float[][] rows, int from, int count, int size) {
    for (int i = 0; i < size; i += SIDE) {
      int element = Math.min(i, size - SIDE);
      VectorStrips.transpose(block, element, count, rows, from, element);
    }
  }

  /**
   * Transposes a matrix whose rows stand one behind the other: {@code target[to + j * targetPitch +
   * i] = source[from + i * pitch + j]} for i below {@code height} and j below {@code width}.
   */
  public static void transpose(
      float[] source,
      int from,
      int pitch,
      float[] target,
      int to,
      int targetPitch,
      int height,
      int width) {
    for (int i = 0; i < height; i += SIDE) {
      int row = Math.min(i, height - SIDE);
      VectorStrips.transpose(
          source, from + row * pitch, pitch, width, target, to + row, targetPitch);
    }
  }
}
