package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tiles of {@link VectorDense} for any processor: a few outputs of one row or of two
 * vectors of rows, whose sums stay in registers while the inputs pass by. Their parameters:
 *
 * <ul>
 *   <li>{@code packed}, {@code first}: where the weights of the tile's first output begin; {@code
 *       stride} further are those of the next input;
 *   <li>{@code bias}, {@code floor}: {@code y = max(W x + b, floor)};
 *   <li>{@code x}, {@code inputs}, {@code y}: as {@link Transposed} lays them out;
 *   <li>{@code output}, {@code row}: the first of each. In {@link #panel}, {@code x} and {@code y}
 *       are one row, so there is no {@code row}, but {@code end}, the number of outputs.
 * </ul>
 *
 * <p>Two facts about C2 give them their form. It inlines only so much, and behind that limit every
 * vector becomes an object: so a tile is one straight method without helpers. And what it does
 * before and after the loop takes longer than one would think: arrays are read at the first and the
 * last index first, and then those between need no checks; {@code FloatVector.max} takes six
 * instructions, a comparison and a blend take two. What is not above the floor becomes the floor,
 * even {@code -0}, and NaN stays, as {@link Math#max} has it.
 */
final class VectorTiles {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private VectorTiles() {}

  /** Four vectors of outputs from {@code output} on, as far as there are so many, of one row. */
  static void panel(
      float[] packed,
      int first,
      int stride,
      float[] bias,
      float floor,
      float[] x,
      int inputs,
      float[] y,
      int output,
      int end) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, bias, output);
    FloatVector c1 = FloatVector.fromArray(SPECIES, bias, output + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, bias, output + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, bias, output + 3 * LANES);
    int at = first;
    for (int k = 0; k < inputs; k++, at += stride) {
      FloatVector xk = FloatVector.broadcast(SPECIES, x[k]);
      c0 = xk.fma(FloatVector.fromArray(SPECIES, packed, at), c0);
      c1 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + LANES), c1);
      c2 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + 2 * LANES), c2);
      c3 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + 3 * LANES), c3);
    }
    c0.blend(floor, c0.compare(VectorOperators.LE, floor))
        .intoArray(y, output, SPECIES.indexInRange(output, end));
    c1.blend(floor, c1.compare(VectorOperators.LE, floor))
        .intoArray(y, output + LANES, SPECIES.indexInRange(output + LANES, end));
    c2.blend(floor, c2.compare(VectorOperators.LE, floor))
        .intoArray(y, output + 2 * LANES, SPECIES.indexInRange(output + 2 * LANES, end));
    c3.blend(floor, c3.compare(VectorOperators.LE, floor))
        .intoArray(y, output + 3 * LANES, SPECIES.indexInRange(output + 3 * LANES, end));
  }

  /** Five outputs: 10 sums. */
  static void fiveByTwo(
      float[] packed,
      int first,
      int stride,
      float[] bias,
      float floor,
      float[][] x,
      int inputs,
      float[][] y,
      int output,
      int row) {
    int at = first;
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector c00 = b0;
    FloatVector c01 = b0;
    FloatVector c10 = b1;
    FloatVector c11 = b1;
    FloatVector c20 = b2;
    FloatVector c21 = b2;
    FloatVector c30 = b3;
    FloatVector c31 = b3;
    FloatVector c40 = b4;
    FloatVector c41 = b4;
    for (int k = 0; k < inputs; k++, at += stride) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
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

  /** One output, of a panel that has too few for a tile. */
  static void oneByTwo(
      float[] packed,
      int first,
      int stride,
      float[] bias,
      float floor,
      float[][] x,
      int inputs,
      float[][] y,
      int output,
      int row) {
    int at = first;
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector c00 = b0;
    FloatVector c01 = b0;
    for (int k = 0; k < inputs; k++, at += stride) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
    }
    float[] y0 = y[output];
    c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y0, row);
    c01.blend(floor, c01.compare(VectorOperators.LE, floor)).intoArray(y0, row + LANES);
  }
}
