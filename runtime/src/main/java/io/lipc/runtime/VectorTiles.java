package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tiles of {@link VectorDense}: a few outputs of a few vectors of rows, whose sums
 * stay in registers while the inputs pass by. All have the same parameters:
 *
 * <ul>
 *   <li>{@code packed}, {@code first}: where the weights of the tile's first output begin; {@link
 *       #PANEL} further are those of the next input;
 *   <li>{@code bias}, {@code floor}: {@code y = max(W x + b, floor)};
 *   <li>{@code x}, {@code inputs}, {@code y}: as {@link Transposed} lays them out;
 *   <li>{@code output}, {@code row}: the first of each.
 * </ul>
 *
 * <p>A tile is one straight method without helpers: C2 inlines only so much, and behind that limit
 * every vector becomes an object.
 */
final class VectorTiles {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** How many outputs stand side by side where weights are packed. */
  static final int PANEL = 4 * LANES;

  private VectorTiles() {}

  /** The outputs of a panel, as far as they are before {@code end}, of one row. */
  static void panel(
      float[] packed,
      int first,
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
    for (int k = 0; k < inputs; k++, at += PANEL) {
      FloatVector xk = FloatVector.broadcast(SPECIES, x[k]);
      c0 = xk.fma(FloatVector.fromArray(SPECIES, packed, at), c0);
      c1 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + LANES), c1);
      c2 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + 2 * LANES), c2);
      c3 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + 3 * LANES), c3);
    }
    c0.max(floor).intoArray(y, output, SPECIES.indexInRange(output, end));
    c1.max(floor).intoArray(y, output + LANES, SPECIES.indexInRange(output + LANES, end));
    c2.max(floor).intoArray(y, output + 2 * LANES, SPECIES.indexInRange(output + 2 * LANES, end));
    c3.max(floor).intoArray(y, output + 3 * LANES, SPECIES.indexInRange(output + 3 * LANES, end));
  }

  /** Six outputs of four vectors of rows: 24 sums, for 32 vector registers. */
  static void sixByFour(
      float[] packed,
      int first,
      float[] bias,
      float floor,
      float[][] x,
      int inputs,
      float[][] y,
      int output,
      int row) {
    int at = first;
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
    FloatVector b5 = FloatVector.broadcast(SPECIES, bias[output + 5]);
    FloatVector c00 = b0;
    FloatVector c01 = b0;
    FloatVector c02 = b0;
    FloatVector c03 = b0;
    FloatVector c10 = b1;
    FloatVector c11 = b1;
    FloatVector c12 = b1;
    FloatVector c13 = b1;
    FloatVector c20 = b2;
    FloatVector c21 = b2;
    FloatVector c22 = b2;
    FloatVector c23 = b2;
    FloatVector c30 = b3;
    FloatVector c31 = b3;
    FloatVector c32 = b3;
    FloatVector c33 = b3;
    FloatVector c40 = b4;
    FloatVector c41 = b4;
    FloatVector c42 = b4;
    FloatVector c43 = b4;
    FloatVector c50 = b5;
    FloatVector c51 = b5;
    FloatVector c52 = b5;
    FloatVector c53 = b5;
    for (int k = 0; k < inputs; k++, at += PANEL) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, xk, row + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, xk, row + 3 * LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      c02 = x2.fma(w0, c02);
      c03 = x3.fma(w0, c03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, packed[at + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      c12 = x2.fma(w1, c12);
      c13 = x3.fma(w1, c13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, packed[at + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      c22 = x2.fma(w2, c22);
      c23 = x3.fma(w2, c23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, packed[at + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      c32 = x2.fma(w3, c32);
      c33 = x3.fma(w3, c33);
      FloatVector w4 = FloatVector.broadcast(SPECIES, packed[at + 4]);
      c40 = x0.fma(w4, c40);
      c41 = x1.fma(w4, c41);
      c42 = x2.fma(w4, c42);
      c43 = x3.fma(w4, c43);
      FloatVector w5 = FloatVector.broadcast(SPECIES, packed[at + 5]);
      c50 = x0.fma(w5, c50);
      c51 = x1.fma(w5, c51);
      c52 = x2.fma(w5, c52);
      c53 = x3.fma(w5, c53);
    }
    float[] y0 = y[output];
    c00.max(floor).intoArray(y0, row);
    c01.max(floor).intoArray(y0, row + LANES);
    c02.max(floor).intoArray(y0, row + 2 * LANES);
    c03.max(floor).intoArray(y0, row + 3 * LANES);
    float[] y1 = y[output + 1];
    c10.max(floor).intoArray(y1, row);
    c11.max(floor).intoArray(y1, row + LANES);
    c12.max(floor).intoArray(y1, row + 2 * LANES);
    c13.max(floor).intoArray(y1, row + 3 * LANES);
    float[] y2 = y[output + 2];
    c20.max(floor).intoArray(y2, row);
    c21.max(floor).intoArray(y2, row + LANES);
    c22.max(floor).intoArray(y2, row + 2 * LANES);
    c23.max(floor).intoArray(y2, row + 3 * LANES);
    float[] y3 = y[output + 3];
    c30.max(floor).intoArray(y3, row);
    c31.max(floor).intoArray(y3, row + LANES);
    c32.max(floor).intoArray(y3, row + 2 * LANES);
    c33.max(floor).intoArray(y3, row + 3 * LANES);
    float[] y4 = y[output + 4];
    c40.max(floor).intoArray(y4, row);
    c41.max(floor).intoArray(y4, row + LANES);
    c42.max(floor).intoArray(y4, row + 2 * LANES);
    c43.max(floor).intoArray(y4, row + 3 * LANES);
    float[] y5 = y[output + 5];
    c50.max(floor).intoArray(y5, row);
    c51.max(floor).intoArray(y5, row + LANES);
    c52.max(floor).intoArray(y5, row + 2 * LANES);
    c53.max(floor).intoArray(y5, row + 3 * LANES);
  }

  /** Eight outputs of two vectors of rows: 16 sums, for 32 vector registers. */
  static void eightByTwo(
      float[] packed,
      int first,
      float[] bias,
      float floor,
      float[][] x,
      int inputs,
      float[][] y,
      int output,
      int row) {
    int at = first;
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
    FloatVector b5 = FloatVector.broadcast(SPECIES, bias[output + 5]);
    FloatVector b6 = FloatVector.broadcast(SPECIES, bias[output + 6]);
    FloatVector b7 = FloatVector.broadcast(SPECIES, bias[output + 7]);
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
    for (int k = 0; k < inputs; k++, at += PANEL) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
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
    }
    float[] y0 = y[output];
    c00.max(floor).intoArray(y0, row);
    c01.max(floor).intoArray(y0, row + LANES);
    float[] y1 = y[output + 1];
    c10.max(floor).intoArray(y1, row);
    c11.max(floor).intoArray(y1, row + LANES);
    float[] y2 = y[output + 2];
    c20.max(floor).intoArray(y2, row);
    c21.max(floor).intoArray(y2, row + LANES);
    float[] y3 = y[output + 3];
    c30.max(floor).intoArray(y3, row);
    c31.max(floor).intoArray(y3, row + LANES);
    float[] y4 = y[output + 4];
    c40.max(floor).intoArray(y4, row);
    c41.max(floor).intoArray(y4, row + LANES);
    float[] y5 = y[output + 5];
    c50.max(floor).intoArray(y5, row);
    c51.max(floor).intoArray(y5, row + LANES);
    float[] y6 = y[output + 6];
    c60.max(floor).intoArray(y6, row);
    c61.max(floor).intoArray(y6, row + LANES);
    float[] y7 = y[output + 7];
    c70.max(floor).intoArray(y7, row);
    c71.max(floor).intoArray(y7, row + LANES);
  }

  /** Five outputs of two vectors of rows: 10 sums, for 16 vector registers. */
  static void fiveByTwo(
      float[] packed,
      int first,
      float[] bias,
      float floor,
      float[][] x,
      int inputs,
      float[][] y,
      int output,
      int row) {
    int at = first;
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
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
    for (int k = 0; k < inputs; k++, at += PANEL) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
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
    }
    float[] y0 = y[output];
    c00.max(floor).intoArray(y0, row);
    c01.max(floor).intoArray(y0, row + LANES);
    float[] y1 = y[output + 1];
    c10.max(floor).intoArray(y1, row);
    c11.max(floor).intoArray(y1, row + LANES);
    float[] y2 = y[output + 2];
    c20.max(floor).intoArray(y2, row);
    c21.max(floor).intoArray(y2, row + LANES);
    float[] y3 = y[output + 3];
    c30.max(floor).intoArray(y3, row);
    c31.max(floor).intoArray(y3, row + LANES);
    float[] y4 = y[output + 4];
    c40.max(floor).intoArray(y4, row);
    c41.max(floor).intoArray(y4, row + LANES);
  }

  /** One output of two vectors of rows, of a panel that has too few for a tile. */
  static void oneByTwo(
      float[] packed,
      int first,
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
    for (int k = 0; k < inputs; k++, at += PANEL) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
    }
    float[] y0 = y[output];
    c00.max(floor).intoArray(y0, row);
    c01.max(floor).intoArray(y0, row + LANES);
  }
}
