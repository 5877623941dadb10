package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles as those of {@link VectorTiles}, for processors with 32 vector registers. Thirteen
 * outputs, twelve and ten make up most numbers of outputs, and almost all large ones.
 */
final class LargeTiles {

  private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;
  private static final int LANES = VectorTiles.LANES;

  private LargeTiles() {}

  /** Thirteen outputs: 26 sums. */
  static void thirteenByTwo(
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
    FloatVector b12 = FloatVector.broadcast(SPECIES, bias[output + 12]);
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
    FloatVector b11 = FloatVector.broadcast(SPECIES, bias[output + 11]);
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
    FloatVector c120 = b12;
    FloatVector c121 = b12;
    for (int k = 0; k < inputs; k++, at += stride) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      FloatVector w12 = FloatVector.broadcast(SPECIES, packed[at + 12]);
      c120 = x0.fma(w12, c120);
      c121 = x1.fma(w12, c121);
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
      FloatVector w11 = FloatVector.broadcast(SPECIES, packed[at + 11]);
      c110 = x0.fma(w11, c110);
      c111 = x1.fma(w11, c111);
    }
    float[] y0 = y[output];
    c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y0, row);
    c01.blend(floor, c01.compare(VectorOperators.LE, floor)).intoArray(y0, row + LANES);
    float[] y12 = y[output + 12];
    c120.blend(floor, c120.compare(VectorOperators.LE, floor)).intoArray(y12, row);
    c121.blend(floor, c121.compare(VectorOperators.LE, floor)).intoArray(y12, row + LANES);
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
    float[] y11 = y[output + 11];
    c110.blend(floor, c110.compare(VectorOperators.LE, floor)).intoArray(y11, row);
    c111.blend(floor, c111.compare(VectorOperators.LE, floor)).intoArray(y11, row + LANES);
  }

  /** Twelve outputs: 24 sums. */
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

  /** Ten outputs: 20 sums. */
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
}
