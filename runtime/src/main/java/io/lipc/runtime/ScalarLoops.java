package io.lipc.runtime;

/**
 * The loops of {@link ScalarDense}, in the only form that C2 vectorises: every array is indexed by
 * the same plain {@code j}, which starts at 0, and the body is short. Each adds products to sums in
 * the order of {@link FloatDense}. All arrays are different ones.
 */
final class ScalarLoops {

  /**
   * C2 unrolls a loop, and so chooses the width of its vectors, for the lengths that it has seen
   * when it compiles. After lengths of 50 it takes four lanes, after 512 sixteen, for good: loops
   * over long arrays would stay half as fast where short ones came first. So they have methods of
   * their own, the same twice.
   */
  private static final int LONG = 128;

  private ScalarLoops() {}

  /** Four factors of four sums; {@code b2} is what {@code x1} counts in {@code y2}. */
  static void addFourToFour(
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
      int size) {
    if (size < LONG) {
      addFourToFourShort(
          x0, x1, x2, x3, a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3, y0, y1,
          y2, y3, size);
    } else {
      addFourToFourLong(
          x0, x1, x2, x3, a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3, y0, y1,
          y2, y3, size);
    }
  }

  private static void addFourToFourShort(
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
      int size) {
    for (int j = 0; j < size; j++) {
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

  private static void addFourToFourLong(
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
      int size) {
    for (int j = 0; j < size; j++) {
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

  /** One factor of four sums. */
  static void addOneToFour(
      float[] x,
      float a0,
      float a1,
      float a2,
      float a3,
      float[] y0,
      float[] y1,
      float[] y2,
      float[] y3,
      int size) {
    for (int j = 0; j < size; j++) {
      float p = x[j];
      y0[j] = Math.fma(p, a0, y0[j]);
      y1[j] = Math.fma(p, a1, y1[j]);
      y2[j] = Math.fma(p, a2, y2[j]);
      y3[j] = Math.fma(p, a3, y3[j]);
    }
  }

  /** Eight factors of one sum, from {@code k} on. */
  static void addEight(float[] a, float[][] x, int k, float[] y, int size) {
    float a0 = a[k];
    float a1 = a[k + 1];
    float a2 = a[k + 2];
    float a3 = a[k + 3];
    float a4 = a[k + 4];
    float a5 = a[k + 5];
    float a6 = a[k + 6];
    float a7 = a[k + 7];
    float[] x0 = x[k];
    float[] x1 = x[k + 1];
    float[] x2 = x[k + 2];
    float[] x3 = x[k + 3];
    float[] x4 = x[k + 4];
    float[] x5 = x[k + 5];
    float[] x6 = x[k + 6];
    float[] x7 = x[k + 7];
    for (int j = 0; j < size; j++) {
      float s = Math.fma(a1, x1[j], Math.fma(a0, x0[j], y[j]));
      float t = Math.fma(a3, x3[j], Math.fma(a2, x2[j], s));
      float u = Math.fma(a5, x5[j], Math.fma(a4, x4[j], t));
      y[j] = Math.fma(a7, x7[j], Math.fma(a6, x6[j], u));
    }
  }

  /** Four factors of one sum. */
  static void addFour(
      float a,
      float[] x0,
      float b,
      float[] x1,
      float c,
      float[] x2,
      float d,
      float[] x3,
      float[] y,
      int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.fma(d, x3[j], Math.fma(c, x2[j], Math.fma(b, x1[j], Math.fma(a, x0[j], y[j]))));
    }
  }

  /** One factor of one sum. */
  static void addOne(float a, float[] x, float[] y, int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.fma(a, x[j], y[j]);
    }
  }

  /** {@code y = max(y, 0)}. */
  static void clamp(float[] y, int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.max(y[j], 0f);
    }
  }
}
