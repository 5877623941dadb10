package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes by the Vector API, in squares of eight by eight: half the time of {@link Transposed},
 * which loads and stores number by number. Loaded only where the module of vectors is.
 */
final class VectorTransposition {

  /** Of 256 bits, whatever is preferred: more would be four steps between twice as many vectors. */
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  private static final int SIDE = SPECIES.length();

  private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(SPECIES, j -> j ^ 1);
  private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(SPECIES, j -> j ^ 2);
  private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(SPECIES, j -> j ^ 4);

  /** The lanes with this bit in their number. */
  private static final VectorMask<Float> BIT1 = VectorMask.fromLong(SPECIES, 0b10101010);

  private static final VectorMask<Float> BIT2 = VectorMask.fromLong(SPECIES, 0b11001100);
  private static final VectorMask<Float> BIT4 = VectorMask.fromLong(SPECIES, 0b11110000);

  private VectorTransposition() {}

  /** Whether there are such vectors here, and squares fit into what is to be transposed. */
  static boolean isPossible(int rows, int size) {
    return FloatVector.SPECIES_PREFERRED.length() >= SIDE && rows >= SIDE && size >= SIDE;
  }

  /** As {@link Transposed#transpose}, into a block from its first row on. */
  static void transpose(float[][] rows, int from, int count, float[][] block, int size) {
    for (int r = 0; r < count; r += SIDE) {
      int row = Math.min(r, count - SIDE);
      transposeStrip(rows, from + row, size, block, 0, row);
    }
  }

  /** As {@link Transposed#transposeBack}. */
  static void transposeBack(float[][] block, float[][] rows, int from, int count, int size) {
    for (int i = 0; i < size; i += SIDE) {
      int element = Math.min(i, size - SIDE);
      transposeStrip(block, element, count, rows, from, element);
    }
  }

  /**
   * {@code target[p + j][q + i] = source[m + i][j]} for i below eight and j below {@code width}.
   *
   * <p>Of each square, there is a step for each bit of the indices: of rows i and {@code i ^ bit},
   * the numbers whose column lacks the bit that their row has change places with those whose row
   * lacks it. Then rows and columns are exchanged. One straight method, for the reason given in
   * {@link VectorTiles}. Targets are written in their order: if one stands there twice, it holds
   * the last, as everywhere.
   */
  private static void transposeStrip(
      float[][] source, int m, int width, float[][] target, int p, int q) {
    float[] s0 = source[m];
    float[] s1 = source[m + 1];
    float[] s2 = source[m + 2];
    float[] s3 = source[m + 3];
    float[] s4 = source[m + 4];
    float[] s5 = source[m + 5];
    float[] s6 = source[m + 6];
    float[] s7 = source[m + 7];
    for (int k = 0; k < width; k += SIDE) {
      int n = Math.min(k, width - SIDE);
      FloatVector a0 = FloatVector.fromArray(SPECIES, s0, n);
      FloatVector a1 = FloatVector.fromArray(SPECIES, s1, n);
      FloatVector a2 = FloatVector.fromArray(SPECIES, s2, n);
      FloatVector a3 = FloatVector.fromArray(SPECIES, s3, n);
      FloatVector a4 = FloatVector.fromArray(SPECIES, s4, n);
      FloatVector a5 = FloatVector.fromArray(SPECIES, s5, n);
      FloatVector a6 = FloatVector.fromArray(SPECIES, s6, n);
      FloatVector a7 = FloatVector.fromArray(SPECIES, s7, n);
      FloatVector b0 = a0.blend(a1.rearrange(SWAP1), BIT1);
      FloatVector b1 = a0.rearrange(SWAP1).blend(a1, BIT1);
      FloatVector b2 = a2.blend(a3.rearrange(SWAP1), BIT1);
      FloatVector b3 = a2.rearrange(SWAP1).blend(a3, BIT1);
      FloatVector b4 = a4.blend(a5.rearrange(SWAP1), BIT1);
      FloatVector b5 = a4.rearrange(SWAP1).blend(a5, BIT1);
      FloatVector b6 = a6.blend(a7.rearrange(SWAP1), BIT1);
      FloatVector b7 = a6.rearrange(SWAP1).blend(a7, BIT1);
      FloatVector c0 = b0.blend(b2.rearrange(SWAP2), BIT2);
      FloatVector c1 = b1.blend(b3.rearrange(SWAP2), BIT2);
      FloatVector c2 = b0.rearrange(SWAP2).blend(b2, BIT2);
      FloatVector c3 = b1.rearrange(SWAP2).blend(b3, BIT2);
      FloatVector c4 = b4.blend(b6.rearrange(SWAP2), BIT2);
      FloatVector c5 = b5.blend(b7.rearrange(SWAP2), BIT2);
      FloatVector c6 = b4.rearrange(SWAP2).blend(b6, BIT2);
      FloatVector c7 = b5.rearrange(SWAP2).blend(b7, BIT2);
      c0.blend(c4.rearrange(SWAP4), BIT4).intoArray(target[p + n], q);
      c1.blend(c5.rearrange(SWAP4), BIT4).intoArray(target[p + n + 1], q);
      c2.blend(c6.rearrange(SWAP4), BIT4).intoArray(target[p + n + 2], q);
      c3.blend(c7.rearrange(SWAP4), BIT4).intoArray(target[p + n + 3], q);
      c0.rearrange(SWAP4).blend(c4, BIT4).intoArray(target[p + n + 4], q);
      c1.rearrange(SWAP4).blend(c5, BIT4).intoArray(target[p + n + 5], q);
      c2.rearrange(SWAP4).blend(c6, BIT4).intoArray(target[p + n + 6], q);
      c3.rearrange(SWAP4).blend(c7, BIT4).intoArray(target[p + n + 7], q);
    }
  }
}
