package io.lipc.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API, with the bits of {@link MatrixProduct}'s loops: each sum takes its
 * terms from the first to the last, fused. Loaded only where the module of vectors is.
 *
 * <p>Four rows by four or two vectors of columns stay in registers while the terms pass by. C2
 * inlines only so much, and behind that limit every vector becomes an object: so a tile is one
 * straight method. Its arrays are read at the first and the last index first, and then those
 * between need no checks.
 */
final class VectorTiles {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Sixteen sums need 32 registers, which processors have where vectors are of 512 bits. */
  private static final boolean ARE_MANY = LANES >= 8;

  private static final int ROWS = 4;

  private VectorTiles() {}

  /**
   * As {@link MatrixProduct#accumulate(double[][], Coefficients, double[][], Range, Range, int)}.
   */
  static void accumulate(
      double[][] y, Coefficients a, double[][] x, Range rows, Range terms, int columns) {
    int i = rows.from();
    for (; i + ROWS <= rows.to(); i += ROWS) {
      fourRows(y, a, x, i, terms, columns);
    }
    for (; i < rows.to(); i++) {
      for (int j = 0; j < columns; j += LANES) {
        single(y[i], a, x, i, terms, j, SPECIES.indexInRange(j, columns));
      }
    }
  }

  private static void fourRows(
      double[][] y, Coefficients a, double[][] x, int i, Range terms, int columns) {
    int j = 0;
    for (; ARE_MANY && j + 4 * LANES <= columns; j += 4 * LANES) {
      if (a.turned()) {
        wideTurned(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      } else {
        wide(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      }
    }
    for (; j + 2 * LANES <= columns; j += 2 * LANES) {
      if (a.turned()) {
        narrowTurned(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      } else {
        narrow(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      }
    }
    for (; j < columns; j += LANES) {
      VectorMask<Double> mask = SPECIES.indexInRange(j, columns);
      if (a.turned()) {
        lastTurned(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j, mask);
      } else {
        last(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j, mask);
      }
    }
  }

  /** Four rows by four vectors. */
  private static void wide(
      double[][] y, double[][] a, double sign, double[][] x, int i, int from, int to, int j) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    double[] a0 = a[i];
    double[] a1 = a[i + 1];
    double[] a2 = a[i + 2];
    double[] a3 = a[i + 3];
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, y0, j);
    DoubleVector c03 = DoubleVector.fromArray(SPECIES, y0, j + 3 * LANES);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, y0, j + LANES);
    DoubleVector c02 = DoubleVector.fromArray(SPECIES, y0, j + 2 * LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, y1, j);
    DoubleVector c13 = DoubleVector.fromArray(SPECIES, y1, j + 3 * LANES);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, y1, j + LANES);
    DoubleVector c12 = DoubleVector.fromArray(SPECIES, y1, j + 2 * LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, y2, j);
    DoubleVector c23 = DoubleVector.fromArray(SPECIES, y2, j + 3 * LANES);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, y2, j + LANES);
    DoubleVector c22 = DoubleVector.fromArray(SPECIES, y2, j + 2 * LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, y3, j);
    DoubleVector c33 = DoubleVector.fromArray(SPECIES, y3, j + 3 * LANES);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, y3, j + LANES);
    DoubleVector c32 = DoubleVector.fromArray(SPECIES, y3, j + 2 * LANES);
    for (int k = from; k < to; k++) {
      double[] xk = x[k];
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, xk, j + 3 * LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, xk, j + LANES);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, xk, j + 2 * LANES);
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, sign * a0[k]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      c02 = x2.fma(w0, c02);
      c03 = x3.fma(w0, c03);
      DoubleVector w1 = DoubleVector.broadcast(SPECIES, sign * a1[k]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      c12 = x2.fma(w1, c12);
      c13 = x3.fma(w1, c13);
      DoubleVector w2 = DoubleVector.broadcast(SPECIES, sign * a2[k]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      c22 = x2.fma(w2, c22);
      c23 = x3.fma(w2, c23);
      DoubleVector w3 = DoubleVector.broadcast(SPECIES, sign * a3[k]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      c32 = x2.fma(w3, c32);
      c33 = x3.fma(w3, c33);
    }
    c00.intoArray(y0, j);
    c01.intoArray(y0, j + LANES);
    c02.intoArray(y0, j + 2 * LANES);
    c03.intoArray(y0, j + 3 * LANES);
    c10.intoArray(y1, j);
    c11.intoArray(y1, j + LANES);
    c12.intoArray(y1, j + 2 * LANES);
    c13.intoArray(y1, j + 3 * LANES);
    c20.intoArray(y2, j);
    c21.intoArray(y2, j + LANES);
    c22.intoArray(y2, j + 2 * LANES);
    c23.intoArray(y2, j + 3 * LANES);
    c30.intoArray(y3, j);
    c31.intoArray(y3, j + LANES);
    c32.intoArray(y3, j + 2 * LANES);
    c33.intoArray(y3, j + 3 * LANES);
  }

  /** Four rows by four vectors, of a transposed left side. */
  private static void wideTurned(
      double[][] y, double[][] a, double sign, double[][] x, int i, int from, int to, int j) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, y0, j);
    DoubleVector c03 = DoubleVector.fromArray(SPECIES, y0, j + 3 * LANES);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, y0, j + LANES);
    DoubleVector c02 = DoubleVector.fromArray(SPECIES, y0, j + 2 * LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, y1, j);
    DoubleVector c13 = DoubleVector.fromArray(SPECIES, y1, j + 3 * LANES);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, y1, j + LANES);
    DoubleVector c12 = DoubleVector.fromArray(SPECIES, y1, j + 2 * LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, y2, j);
    DoubleVector c23 = DoubleVector.fromArray(SPECIES, y2, j + 3 * LANES);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, y2, j + LANES);
    DoubleVector c22 = DoubleVector.fromArray(SPECIES, y2, j + 2 * LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, y3, j);
    DoubleVector c33 = DoubleVector.fromArray(SPECIES, y3, j + 3 * LANES);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, y3, j + LANES);
    DoubleVector c32 = DoubleVector.fromArray(SPECIES, y3, j + 2 * LANES);
    for (int k = from; k < to; k++) {
      double[] xk = x[k];
      double[] ak = a[k];
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, xk, j + 3 * LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, xk, j + LANES);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, xk, j + 2 * LANES);
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, sign * ak[i]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      c02 = x2.fma(w0, c02);
      c03 = x3.fma(w0, c03);
      DoubleVector w3 = DoubleVector.broadcast(SPECIES, sign * ak[i + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      c32 = x2.fma(w3, c32);
      c33 = x3.fma(w3, c33);
      DoubleVector w1 = DoubleVector.broadcast(SPECIES, sign * ak[i + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      c12 = x2.fma(w1, c12);
      c13 = x3.fma(w1, c13);
      DoubleVector w2 = DoubleVector.broadcast(SPECIES, sign * ak[i + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      c22 = x2.fma(w2, c22);
      c23 = x3.fma(w2, c23);
    }
    c00.intoArray(y0, j);
    c01.intoArray(y0, j + LANES);
    c02.intoArray(y0, j + 2 * LANES);
    c03.intoArray(y0, j + 3 * LANES);
    c10.intoArray(y1, j);
    c11.intoArray(y1, j + LANES);
    c12.intoArray(y1, j + 2 * LANES);
    c13.intoArray(y1, j + 3 * LANES);
    c20.intoArray(y2, j);
    c21.intoArray(y2, j + LANES);
    c22.intoArray(y2, j + 2 * LANES);
    c23.intoArray(y2, j + 3 * LANES);
    c30.intoArray(y3, j);
    c31.intoArray(y3, j + LANES);
    c32.intoArray(y3, j + 2 * LANES);
    c33.intoArray(y3, j + 3 * LANES);
  }

  /** Four rows by two vectors. */
  private static void narrow(
      double[][] y, double[][] a, double sign, double[][] x, int i, int from, int to, int j) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    double[] a0 = a[i];
    double[] a1 = a[i + 1];
    double[] a2 = a[i + 2];
    double[] a3 = a[i + 3];
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, y0, j);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, y0, j + LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, y1, j);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, y1, j + LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, y2, j);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, y2, j + LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, y3, j);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, y3, j + LANES);
    for (int k = from; k < to; k++) {
      double[] xk = x[k];
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, xk, j + LANES);
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, sign * a0[k]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      DoubleVector w1 = DoubleVector.broadcast(SPECIES, sign * a1[k]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      DoubleVector w2 = DoubleVector.broadcast(SPECIES, sign * a2[k]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      DoubleVector w3 = DoubleVector.broadcast(SPECIES, sign * a3[k]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
    }
    c00.intoArray(y0, j);
    c01.intoArray(y0, j + LANES);
    c10.intoArray(y1, j);
    c11.intoArray(y1, j + LANES);
    c20.intoArray(y2, j);
    c21.intoArray(y2, j + LANES);
    c30.intoArray(y3, j);
    c31.intoArray(y3, j + LANES);
  }

  /** Four rows by two vectors, of a transposed left side. */
  private static void narrowTurned(
      double[][] y, double[][] a, double sign, double[][] x, int i, int from, int to, int j) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, y0, j);
    DoubleVector c01 = DoubleVector.fromArray(SPECIES, y0, j + LANES);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, y1, j);
    DoubleVector c11 = DoubleVector.fromArray(SPECIES, y1, j + LANES);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, y2, j);
    DoubleVector c21 = DoubleVector.fromArray(SPECIES, y2, j + LANES);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, y3, j);
    DoubleVector c31 = DoubleVector.fromArray(SPECIES, y3, j + LANES);
    for (int k = from; k < to; k++) {
      double[] xk = x[k];
      double[] ak = a[k];
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, xk, j + LANES);
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, sign * ak[i]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      DoubleVector w3 = DoubleVector.broadcast(SPECIES, sign * ak[i + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      DoubleVector w1 = DoubleVector.broadcast(SPECIES, sign * ak[i + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      DoubleVector w2 = DoubleVector.broadcast(SPECIES, sign * ak[i + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
    }
    c00.intoArray(y0, j);
    c01.intoArray(y0, j + LANES);
    c10.intoArray(y1, j);
    c11.intoArray(y1, j + LANES);
    c20.intoArray(y2, j);
    c21.intoArray(y2, j + LANES);
    c30.intoArray(y3, j);
    c31.intoArray(y3, j + LANES);
  }

  /** Four rows by one vector, or by what is left of one. */
  private static void last(
      double[][] y,
      double[][] a,
      double sign,
      double[][] x,
      int i,
      int from,
      int to,
      int j,
      VectorMask<Double> mask) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    double[] a0 = a[i];
    double[] a1 = a[i + 1];
    double[] a2 = a[i + 2];
    double[] a3 = a[i + 3];
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, y0, j, mask);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, y1, j, mask);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, y2, j, mask);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, y3, j, mask);
    for (int k = from; k < to; k++) {
      double[] xk = x[k];
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j, mask);
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, sign * a0[k]);
      c00 = x0.fma(w0, c00);
      DoubleVector w1 = DoubleVector.broadcast(SPECIES, sign * a1[k]);
      c10 = x0.fma(w1, c10);
      DoubleVector w2 = DoubleVector.broadcast(SPECIES, sign * a2[k]);
      c20 = x0.fma(w2, c20);
      DoubleVector w3 = DoubleVector.broadcast(SPECIES, sign * a3[k]);
      c30 = x0.fma(w3, c30);
    }
    c00.intoArray(y0, j, mask);
    c10.intoArray(y1, j, mask);
    c20.intoArray(y2, j, mask);
    c30.intoArray(y3, j, mask);
  }

  /** Four rows by one vector, or by what is left of one, of a transposed left side. */
  private static void lastTurned(
      double[][] y,
      double[][] a,
      double sign,
      double[][] x,
      int i,
      int from,
      int to,
      int j,
      VectorMask<Double> mask) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    DoubleVector c00 = DoubleVector.fromArray(SPECIES, y0, j, mask);
    DoubleVector c10 = DoubleVector.fromArray(SPECIES, y1, j, mask);
    DoubleVector c20 = DoubleVector.fromArray(SPECIES, y2, j, mask);
    DoubleVector c30 = DoubleVector.fromArray(SPECIES, y3, j, mask);
    for (int k = from; k < to; k++) {
      double[] xk = x[k];
      double[] ak = a[k];
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j, mask);
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, sign * ak[i]);
      c00 = x0.fma(w0, c00);
      DoubleVector w3 = DoubleVector.broadcast(SPECIES, sign * ak[i + 3]);
      c30 = x0.fma(w3, c30);
      DoubleVector w1 = DoubleVector.broadcast(SPECIES, sign * ak[i + 1]);
      c10 = x0.fma(w1, c10);
      DoubleVector w2 = DoubleVector.broadcast(SPECIES, sign * ak[i + 2]);
      c20 = x0.fma(w2, c20);
    }
    c00.intoArray(y0, j, mask);
    c10.intoArray(y1, j, mask);
    c20.intoArray(y2, j, mask);
    c30.intoArray(y3, j, mask);
  }

  private static void single(
      double[] y,
      Coefficients a,
      double[][] x,
      int i,
      Range terms,
      int j,
      VectorMask<Double> mask) {
    DoubleVector sum = DoubleVector.fromArray(SPECIES, y, j, mask);
    for (int k = terms.from(); k < terms.to(); k++) {
      DoubleVector factor = DoubleVector.broadcast(SPECIES, a.at(i, k));
      sum = DoubleVector.fromArray(SPECIES, x[k], j, mask).fma(factor, sum);
    }
    sum.intoArray(y, j, mask);
  }
}
