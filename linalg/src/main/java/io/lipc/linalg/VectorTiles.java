package io.lipc.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API, with the bits of {@link MatrixProduct}'s loops: each sum takes its
 * terms from the first to the last, fused. Loaded only where the module of vectors is.
 *
 * <p>Four rows by four or two vectors of columns stay in registers while the terms pass by ({@link
 * MatrixTiles}, which the module {@code unroller} writes).
 */
final class VectorTiles {

  private static final VectorSpecies<Double> SPECIES = MatrixTiles.SPECIES;
  private static final int LANES = MatrixTiles.LANES;

  /** Sixteen sums need 32 registers, which processors have where vectors are of 512 bits. */
  private static final boolean ARE_MANY = LANES >= 8;

  private static final int ROWS = 4;

  private VectorTiles() {}

  /**
   * Does the same as {@link MatrixProduct#accumulate(double[][], Coefficients, double[][], Range,
   * Range, int)}.
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
        MatrixTiles.fourByFourTransposed(
            y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      } else {
        MatrixTiles.fourByFour(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      }
    }
    for (; j + 2 * LANES <= columns; j += 2 * LANES) {
      if (a.turned()) {
        MatrixTiles.fourByTwoTransposed(
            y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      } else {
        MatrixTiles.fourByTwo(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j);
      }
    }
    for (; j < columns; j += LANES) {
      VectorMask<Double> mask = SPECIES.indexInRange(j, columns);
      if (a.turned()) {
        MatrixTiles.fourByOneTransposed(
            y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j, mask);
      } else {
        MatrixTiles.fourByOne(y, a.entries(), a.sign(), x, i, terms.from(), terms.to(), j, mask);
      }
    }
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
