package io.lipc.training.batch;

import java.util.Arrays;

/** A tensor as rows, with its gradient. A vector is a matrix of one column. */
final class BatchTensor {

  private final double[][] rows;
  private final double[][] gradient;

  BatchTensor(int rows, int columns) {
    this.rows = new double[rows][columns];
    this.gradient = new double[rows][columns];
  }

  boolean hasShape(int rowCount, int columnCount) {
    return rows.length == rowCount && columns() == columnCount;
  }

  private int columns() {
    return rows[0].length;
  }

  int size() {
    return rows.length * columns();
  }

  /** Takes over the numbers of a tensor in row-major order. */
  void load(double[] values) {
    int columns = columns();
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, i * columns, rows[i], 0, columns);
    }
  }

  double[][] rows() {
    return rows;
  }

  double[][] gradient() {
    return gradient;
  }

  void clearGradient() {
    for (double[] row : gradient) {
      Arrays.fill(row, 0);
    }
  }

  /** The gradient in row-major order. */
  double[] flatGradient() {
    int columns = columns();
    double[] flat = new double[size()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(gradient[i], 0, flat, i * columns, columns);
    }
    return flat;
  }
}
