package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile for processors with 16 vector registers, in the form of {@link VectorTiles},
 * but for where it reads and writes:
 *
 * <ul>
 *   <li>{@code slice}: two vectors of rows for each of its {@code inputs};
 *   <li>{@code start}, {@code sums}: what sums start from and, unless these inputs are the {@code
 *       last}, where they go: two vectors of rows for each output of the layer;
 *   <li>{@code y}: where {@code max(sum, floor)} goes after the last inputs.
 * </ul>
 *
 * <p>Twelve sums would leave C2 too few registers: it moves loads ahead, and then it spills.
 */
final class SmallTiles {

  /** The outputs of a tile. */
  static final int OUTPUTS = 5;

  private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;
  private static final int LANES = VectorTiles.LANES;

  private SmallTiles() {}

  /**
   * Copies two vectors of rows, from {@code row} on, of {@code inputs} inputs, from {@code input}
   * on.
   */
  static void copy(float[][] x, int input, int inputs, int row, float[] slice) {
    for (int k = 0; k < inputs; k++) {
      float[] xk = x[input + k];
      FloatVector.fromArray(SPECIES, xk, row).intoArray(slice, k * 2 * LANES);
      FloatVector.fromArray(SPECIES, xk, row + LANES).intoArray(slice, (k * 2 + 1) * LANES);
    }
  }

  /** Five outputs: 10 sums. */
  static void fiveByTwo(
      float[] packed,
      int first,
      int stride,
      float[] slice,
      int inputs,
      float[] start,
      float[] sums,
      boolean last,
      float floor,
      float[][] y,
      int output,
      int row) {
    int at = first;
    int sum = output * 2 * LANES;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, sum);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, sum + 9 * LANES);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, sum + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, sum + 2 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, sum + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, sum + 4 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, sum + 5 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, sum + 6 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, sum + 7 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, sum + 8 * LANES);
    for (int k = 0; k < inputs; k++, at += stride) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, slice, k * 2 * LANES);
      FloatVector x1 = FloatVector.fromArray(SPECIES, slice, (k * 2 + 1) * LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      FloatVector w4 = FloatVector.broadcast(SPECIES, packed[at + 4]);
      c40 = x0.fma(w4, c40);
      c41 = x1.fma(w4, c41);
      FloatVector w1 = FloatVector.broadcast(SPECIES, packed[at + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, packed[at + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, packed[at + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
    }
    if (last) {
      float[] y0 = y[output];
      c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y0, row);
      c01.blend(floor, c01.compare(VectorOperators.LE, floor)).intoArray(y0, row + LANES);
      float[] y4 = y[output + 4];
      c40.blend(floor, c40.compare(VectorOperators.LE, floor)).intoArray(y4, row);
      c41.blend(floor, c41.compare(VectorOperators.LE, floor)).intoArray(y4, row + LANES);
      float[] y1 = y[output + 1];
      c10.blend(floor, c10.compare(VectorOperators.LE, floor)).intoArray(y1, row);
      c11.blend(floor, c11.compare(VectorOperators.LE, floor)).intoArray(y1, row + LANES);
      float[] y2 = y[output + 2];
      c20.blend(floor, c20.compare(VectorOperators.LE, floor)).intoArray(y2, row);
      c21.blend(floor, c21.compare(VectorOperators.LE, floor)).intoArray(y2, row + LANES);
      float[] y3 = y[output + 3];
      c30.blend(floor, c30.compare(VectorOperators.LE, floor)).intoArray(y3, row);
      c31.blend(floor, c31.compare(VectorOperators.LE, floor)).intoArray(y3, row + LANES);
    } else {
      c00.intoArray(sums, sum);
      c41.intoArray(sums, sum + 9 * LANES);
      c01.intoArray(sums, sum + LANES);
      c10.intoArray(sums, sum + 2 * LANES);
      c11.intoArray(sums, sum + 3 * LANES);
      c20.intoArray(sums, sum + 4 * LANES);
      c21.intoArray(sums, sum + 5 * LANES);
      c30.intoArray(sums, sum + 6 * LANES);
      c31.intoArray(sums, sum + 7 * LANES);
      c40.intoArray(sums, sum + 8 * LANES);
    }
  }
}
