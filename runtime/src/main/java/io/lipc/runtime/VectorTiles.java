package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tiles of {@link VectorDense}: a few outputs of two vectors of rows, whose sums stay
 * in registers while the inputs pass by. All have the same parameters:
 *
 * <ul>
 *   <li>{@code packed}, {@code first}: where the weights of the tile's first output begin; {@code
 *       stride} further are those of the next input;
 *   <li>{@code bias}, {@code floor}: {@code y = max(W x + b, floor)};
 *   <li>{@code x}, {@code inputs}, {@code y}: as {@link Transposed} lays them out;
 *   <li>{@code output}, {@code row}: the first of each.
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

  /** The outputs of a panel, as far as they are before {@code end}, of one row. */
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

  /** Twelve outputs: 24 sums, for 32 vector registers. */
  static void twelveByTwo(
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
    FloatVector b11 = FloatVector.broadcast(SPECIES, bias[output + 11]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
    FloatVector b5 = FloatVector.broadcast(SPECIES, bias[output + 5]);
    FloatVector b6 = FloatVector.broadcast(SPECIES, bias[output + 6]);
    FloatVector b7 = FloatVector.broadcast(SPECIES, bias[output + 7]);
    FloatVector b8 = FloatVector.broadcast(SPECIES, bias[output + 8]);
    FloatVector b9 = FloatVector.broadcast(SPECIES, bias[output + 9]);
    FloatVector b10 = FloatVector.broadcast(SPECIES, bias[output + 10]);
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
    FloatVector c50 = b5;
    FloatVector c51 = b5;
    FloatVector c60 = b6;
    FloatVector c61 = b6;
    FloatVector c70 = b7;
    FloatVector c71 = b7;
    FloatVector c80 = b8;
    FloatVector c81 = b8;
    FloatVector c90 = b9;
    FloatVector c91 = b9;
    FloatVector c100 = b10;
    FloatVector c101 = b10;
    FloatVector c110 = b11;
    FloatVector c111 = b11;
    for (int k = 0; k < inputs; k++, at += stride) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      FloatVector w11 = FloatVector.broadcast(SPECIES, packed[at + 11]);
      c110 = x0.fma(w11, c110);
      c111 = x1.fma(w11, c111);
      FloatVector w1 = FloatVector.broadcast(SPECIES, packed[at + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, packed[at + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, packed[at + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      FloatVector w4 = FloatVector.broadcast(SPECIES, packed[at + 4]);
      c40 = x0.fma(w4, c40);
      c41 = x1.fma(w4, c41);
      FloatVector w5 = FloatVector.broadcast(SPECIES, packed[at + 5]);
      c50 = x0.fma(w5, c50);
      c51 = x1.fma(w5, c51);
      FloatVector w6 = FloatVector.broadcast(SPECIES, packed[at + 6]);
      c60 = x0.fma(w6, c60);
      c61 = x1.fma(w6, c61);
      FloatVector w7 = FloatVector.broadcast(SPECIES, packed[at + 7]);
      c70 = x0.fma(w7, c70);
      c71 = x1.fma(w7, c71);
      FloatVector w8 = FloatVector.broadcast(SPECIES, packed[at + 8]);
      c80 = x0.fma(w8, c80);
      c81 = x1.fma(w8, c81);
      FloatVector w9 = FloatVector.broadcast(SPECIES, packed[at + 9]);
      c90 = x0.fma(w9, c90);
      c91 = x1.fma(w9, c91);
      FloatVector w10 = FloatVector.broadcast(SPECIES, packed[at + 10]);
      c100 = x0.fma(w10, c100);
      c101 = x1.fma(w10, c101);
    }
    float[] y0 = y[output];
    c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y0, row);
    c01.blend(floor, c01.compare(VectorOperators.LE, floor)).intoArray(y0, row + LANES);
    float[] y11 = y[output + 11];
    c110.blend(floor, c110.compare(VectorOperators.LE, floor)).intoArray(y11, row);
    c111.blend(floor, c111.compare(VectorOperators.LE, floor)).intoArray(y11, row + LANES);
    float[] y1 = y[output + 1];
    c10.blend(floor, c10.compare(VectorOperators.LE, floor)).intoArray(y1, row);
    c11.blend(floor, c11.compare(VectorOperators.LE, floor)).intoArray(y1, row + LANES);
    float[] y2 = y[output + 2];
    c20.blend(floor, c20.compare(VectorOperators.LE, floor)).intoArray(y2, row);
    c21.blend(floor, c21.compare(VectorOperators.LE, floor)).intoArray(y2, row + LANES);
    float[] y3 = y[output + 3];
    c30.blend(floor, c30.compare(VectorOperators.LE, floor)).intoArray(y3, row);
    c31.blend(floor, c31.compare(VectorOperators.LE, floor)).intoArray(y3, row + LANES);
    float[] y4 = y[output + 4];
    c40.blend(floor, c40.compare(VectorOperators.LE, floor)).intoArray(y4, row);
    c41.blend(floor, c41.compare(VectorOperators.LE, floor)).intoArray(y4, row + LANES);
    float[] y5 = y[output + 5];
    c50.blend(floor, c50.compare(VectorOperators.LE, floor)).intoArray(y5, row);
    c51.blend(floor, c51.compare(VectorOperators.LE, floor)).intoArray(y5, row + LANES);
    float[] y6 = y[output + 6];
    c60.blend(floor, c60.compare(VectorOperators.LE, floor)).intoArray(y6, row);
    c61.blend(floor, c61.compare(VectorOperators.LE, floor)).intoArray(y6, row + LANES);
    float[] y7 = y[output + 7];
    c70.blend(floor, c70.compare(VectorOperators.LE, floor)).intoArray(y7, row);
    c71.blend(floor, c71.compare(VectorOperators.LE, floor)).intoArray(y7, row + LANES);
    float[] y8 = y[output + 8];
    c80.blend(floor, c80.compare(VectorOperators.LE, floor)).intoArray(y8, row);
    c81.blend(floor, c81.compare(VectorOperators.LE, floor)).intoArray(y8, row + LANES);
    float[] y9 = y[output + 9];
    c90.blend(floor, c90.compare(VectorOperators.LE, floor)).intoArray(y9, row);
    c91.blend(floor, c91.compare(VectorOperators.LE, floor)).intoArray(y9, row + LANES);
    float[] y10 = y[output + 10];
    c100.blend(floor, c100.compare(VectorOperators.LE, floor)).intoArray(y10, row);
    c101.blend(floor, c101.compare(VectorOperators.LE, floor)).intoArray(y10, row + LANES);
  }

  /** Ten outputs: 20 sums, for 32 vector registers. */
  static void tenByTwo(
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
    FloatVector b9 = FloatVector.broadcast(SPECIES, bias[output + 9]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
    FloatVector b5 = FloatVector.broadcast(SPECIES, bias[output + 5]);
    FloatVector b6 = FloatVector.broadcast(SPECIES, bias[output + 6]);
    FloatVector b7 = FloatVector.broadcast(SPECIES, bias[output + 7]);
    FloatVector b8 = FloatVector.broadcast(SPECIES, bias[output + 8]);
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
    FloatVector c50 = b5;
    FloatVector c51 = b5;
    FloatVector c60 = b6;
    FloatVector c61 = b6;
    FloatVector c70 = b7;
    FloatVector c71 = b7;
    FloatVector c80 = b8;
    FloatVector c81 = b8;
    FloatVector c90 = b9;
    FloatVector c91 = b9;
    for (int k = 0; k < inputs; k++, at += stride) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      FloatVector w9 = FloatVector.broadcast(SPECIES, packed[at + 9]);
      c90 = x0.fma(w9, c90);
      c91 = x1.fma(w9, c91);
      FloatVector w1 = FloatVector.broadcast(SPECIES, packed[at + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, packed[at + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, packed[at + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      FloatVector w4 = FloatVector.broadcast(SPECIES, packed[at + 4]);
      c40 = x0.fma(w4, c40);
      c41 = x1.fma(w4, c41);
      FloatVector w5 = FloatVector.broadcast(SPECIES, packed[at + 5]);
      c50 = x0.fma(w5, c50);
      c51 = x1.fma(w5, c51);
      FloatVector w6 = FloatVector.broadcast(SPECIES, packed[at + 6]);
      c60 = x0.fma(w6, c60);
      c61 = x1.fma(w6, c61);
      FloatVector w7 = FloatVector.broadcast(SPECIES, packed[at + 7]);
      c70 = x0.fma(w7, c70);
      c71 = x1.fma(w7, c71);
      FloatVector w8 = FloatVector.broadcast(SPECIES, packed[at + 8]);
      c80 = x0.fma(w8, c80);
      c81 = x1.fma(w8, c81);
    }
    float[] y0 = y[output];
    c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y0, row);
    c01.blend(floor, c01.compare(VectorOperators.LE, floor)).intoArray(y0, row + LANES);
    float[] y9 = y[output + 9];
    c90.blend(floor, c90.compare(VectorOperators.LE, floor)).intoArray(y9, row);
    c91.blend(floor, c91.compare(VectorOperators.LE, floor)).intoArray(y9, row + LANES);
    float[] y1 = y[output + 1];
    c10.blend(floor, c10.compare(VectorOperators.LE, floor)).intoArray(y1, row);
    c11.blend(floor, c11.compare(VectorOperators.LE, floor)).intoArray(y1, row + LANES);
    float[] y2 = y[output + 2];
    c20.blend(floor, c20.compare(VectorOperators.LE, floor)).intoArray(y2, row);
    c21.blend(floor, c21.compare(VectorOperators.LE, floor)).intoArray(y2, row + LANES);
    float[] y3 = y[output + 3];
    c30.blend(floor, c30.compare(VectorOperators.LE, floor)).intoArray(y3, row);
    c31.blend(floor, c31.compare(VectorOperators.LE, floor)).intoArray(y3, row + LANES);
    float[] y4 = y[output + 4];
    c40.blend(floor, c40.compare(VectorOperators.LE, floor)).intoArray(y4, row);
    c41.blend(floor, c41.compare(VectorOperators.LE, floor)).intoArray(y4, row + LANES);
    float[] y5 = y[output + 5];
    c50.blend(floor, c50.compare(VectorOperators.LE, floor)).intoArray(y5, row);
    c51.blend(floor, c51.compare(VectorOperators.LE, floor)).intoArray(y5, row + LANES);
    float[] y6 = y[output + 6];
    c60.blend(floor, c60.compare(VectorOperators.LE, floor)).intoArray(y6, row);
    c61.blend(floor, c61.compare(VectorOperators.LE, floor)).intoArray(y6, row + LANES);
    float[] y7 = y[output + 7];
    c70.blend(floor, c70.compare(VectorOperators.LE, floor)).intoArray(y7, row);
    c71.blend(floor, c71.compare(VectorOperators.LE, floor)).intoArray(y7, row + LANES);
    float[] y8 = y[output + 8];
    c80.blend(floor, c80.compare(VectorOperators.LE, floor)).intoArray(y8, row);
    c81.blend(floor, c81.compare(VectorOperators.LE, floor)).intoArray(y8, row + LANES);
  }

  /** Five outputs: 10 sums, for 16 vector registers. */
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
