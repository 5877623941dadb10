package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles for processors with 16 vector registers, in the form of {@link VectorTiles}, but
 * for what they read: sums start as {@code start[output][startRow]}, and {@code slice} has two
 * vectors of rows for each of its {@code inputs}. Where {@code start} is {@code y}, each output
 * must be computed once.
 *
 * <p>Twelve sums would leave C2 too few registers: it moves loads ahead and then spills.
 */
final class SmallTiles {

  /** The outputs of a tile. */
  static final int OUTPUTS = 5;

  private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;
  private static final int LANES = VectorTiles.LANES;

  private SmallTiles() {}

  /** Copies two vectors of rows, from {@code row} on, of {@code inputs} inputs. */
  static void copy(float[][] x, int k, int inputs, int row, float[] slice) {
    for (int j = 0; j < inputs; j++) {
      float[] xk = x[k + j];
      FloatVector.fromArray(SPECIES, xk, row).intoArray(slice, j * 2 * LANES);
      FloatVector.fromArray(SPECIES, xk, row + LANES).intoArray(slice, j * 2 * LANES + LANES);
    }
  }

  /** Five outputs: 10 sums. */
  static void fiveByTwo(
      float[] packed,
      int first,
      int stride,
      float[][] start,
      int startRow,
      float floor,
      float[] slice,
      int inputs,
      float[][] y,
      int output,
      int row) {
    int at = first;
    float[] s0 = start[output];
    FloatVector c00 = FloatVector.fromArray(SPECIES, s0, startRow);
    FloatVector c01 = FloatVector.fromArray(SPECIES, s0, startRow + LANES);
    float[] s4 = start[output + 4];
    FloatVector c40 = FloatVector.fromArray(SPECIES, s4, startRow);
    FloatVector c41 = FloatVector.fromArray(SPECIES, s4, startRow + LANES);
    float[] s1 = start[output + 1];
    FloatVector c10 = FloatVector.fromArray(SPECIES, s1, startRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, s1, startRow + LANES);
    float[] s2 = start[output + 2];
    FloatVector c20 = FloatVector.fromArray(SPECIES, s2, startRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, s2, startRow + LANES);
    float[] s3 = start[output + 3];
    FloatVector c30 = FloatVector.fromArray(SPECIES, s3, startRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, s3, startRow + LANES);
    for (int k = 0; k < inputs; k++, at += stride) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, slice, k * 2 * LANES);
      FloatVector x1 = FloatVector.fromArray(SPECIES, slice, k * 2 * LANES + LANES);
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
  }

  /** One output, where too few are left for a tile. */
  static void oneByTwo(
      float[] packed,
      int first,
      int stride,
      float[][] start,
      int startRow,
      float floor,
      float[] slice,
      int inputs,
      float[][] y,
      int output,
      int row) {
    int at = first;
    float[] s0 = start[output];
    FloatVector c00 = FloatVector.fromArray(SPECIES, s0, startRow);
    FloatVector c01 = FloatVector.fromArray(SPECIES, s0, startRow + LANES);
    for (int k = 0; k < inputs; k++, at += stride) {
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = FloatVector.fromArray(SPECIES, slice, k * 2 * LANES).fma(w0, c00);
      c01 = FloatVector.fromArray(SPECIES, slice, k * 2 * LANES + LANES).fma(w0, c01);
    }
    float[] y0 = y[output];
    c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y0, row);
    c01.blend(floor, c01.compare(VectorOperators.LE, floor)).intoArray(y0, row + LANES);
  }
}
