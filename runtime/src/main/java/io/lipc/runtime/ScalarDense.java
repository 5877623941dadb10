package io.lipc.runtime;

import java.util.Arrays;

/**
 * Dense layers in plain Java, in loops that C2 vectorises.
 *
 * <p>It does so only where every array is indexed by the same plain {@code j} that starts at 0, and
 * where the body is short. So W is an array of its columns: for one row, {@code j} runs over the
 * outputs, and four columns at a time load and store y a quarter as often. In a block, {@code j}
 * runs over the rows: four outputs by four inputs use each number loaded four times.
 */
final class ScalarDense extends FloatDense {

  /** How many inputs of a block stay in the first-level cache: 16 KB. */
  private static final int SLICE = 32;

  private final float[][] columns;
  private final float[] bias;
  private final boolean relu;

  ScalarDense(float[][] columns, float[] bias, boolean relu) {
    super(columns.length, bias.length);
    this.columns = columns;
    this.bias = bias;
    this.relu = relu;
  }

  /** The same layer in the other packing. */
  FloatDense forVectors() {
    return new VectorDense(columns, bias, relu);
  }

  @Override
  public void apply(float[] x, float[] y) {
    System.arraycopy(bias, 0, y, 0, outputs);
    int k = 0;
    for (; k + 4 <= inputs; k += 4) {
      addFour(
          x[k],
          columns[k],
          x[k + 1],
          columns[k + 1],
          x[k + 2],
          columns[k + 2],
          x[k + 3],
          columns[k + 3],
          y,
          outputs);
    }
    for (; k < inputs; k++) {
      addOne(x[k], columns[k], y, outputs);
    }
    if (relu) {
      clamp(y, outputs);
    }
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    for (int i = 0; i < outputs; i++) {
      Arrays.fill(y[i], 0, rows, bias[i]);
    }
    for (int k = 0; k < inputs; k += SLICE) {
      addSlice(x, k, Math.min(k + SLICE, inputs), y, rows);
    }
    if (relu) {
      for (int i = 0; i < outputs; i++) {
        clamp(y[i], rows);
      }
    }
  }

  /** Adds what the inputs from {@code begin} to {@code end} count. */
  private void addSlice(float[][] x, int begin, int end, float[][] y, int rows) {
    int i = 0;
    for (; i + 4 <= outputs; i += 4) {
      addToFour(x, begin, end, i, y[i], y[i + 1], y[i + 2], y[i + 3], rows);
    }
    for (; i < outputs; i++) {
      for (int k = begin; k < end; k++) {
        addOne(columns[k][i], x[k], y[i], rows);
      }
    }
  }

  private void addToFour(
      float[][] x,
      int begin,
      int end,
      int i,
      float[] y0,
      float[] y1,
      float[] y2,
      float[] y3,
      int rows) {
    int k = begin;
    for (; k + 4 <= end; k += 4) {
      float[] a = columns[k];
      float[] b = columns[k + 1];
      float[] c = columns[k + 2];
      float[] d = columns[k + 3];
      float[] x0 = x[k];
      float[] x1 = x[k + 1];
      float[] x2 = x[k + 2];
      float[] x3 = x[k + 3];
      addBlock(
          x0, x1, x2, x3, a[i], a[i + 1], a[i + 2], a[i + 3], b[i], b[i + 1], b[i + 2], b[i + 3],
          c[i], c[i + 1], c[i + 2], c[i + 3], d[i], d[i + 1], d[i + 2], d[i + 3], y0, y1, y2, y3,
          rows);
    }
    for (; k < end; k++) {
      addOne(columns[k][i], x[k], y0, rows);
      addOne(columns[k][i + 1], x[k], y1, rows);
      addOne(columns[k][i + 2], x[k], y2, rows);
      addOne(columns[k][i + 3], x[k], y3, rows);
    }
  }

  /** Four inputs of four outputs; {@code b2} is what input 1 counts in output 2. */
  private static void addBlock(
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float a0,
      float a1,
      float a2,
      float a3,
      float b0,
      float b1,
      float b2,
      float b3,
      float c0,
      float c1,
      float c2,
      float c3,
      float d0,
      float d1,
      float d2,
      float d3,
      float[] y0,
      float[] y1,
      float[] y2,
      float[] y3,
      int rows) {
    for (int j = 0; j < rows; j++) {
      float p = x0[j];
      float q = x1[j];
      float r = x2[j];
      float s = x3[j];
      y0[j] = Math.fma(s, d0, Math.fma(r, c0, Math.fma(q, b0, Math.fma(p, a0, y0[j]))));
      y1[j] = Math.fma(s, d1, Math.fma(r, c1, Math.fma(q, b1, Math.fma(p, a1, y1[j]))));
      y2[j] = Math.fma(s, d2, Math.fma(r, c2, Math.fma(q, b2, Math.fma(p, a2, y2[j]))));
      y3[j] = Math.fma(s, d3, Math.fma(r, c3, Math.fma(q, b3, Math.fma(p, a3, y3[j]))));
    }
  }

  private static void addFour(
      float x0,
      float[] w0,
      float x1,
      float[] w1,
      float x2,
      float[] w2,
      float x3,
      float[] w3,
      float[] y,
      int size) {
    for (int j = 0; j < size; j++) {
      y[j] =
          Math.fma(x3, w3[j], Math.fma(x2, w2[j], Math.fma(x1, w1[j], Math.fma(x0, w0[j], y[j]))));
    }
  }

  private static void addOne(float factor, float[] x, float[] y, int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.fma(factor, x[j], y[j]);
    }
  }

  private static void clamp(float[] y, int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.max(y[j], 0f);
    }
  }
}
