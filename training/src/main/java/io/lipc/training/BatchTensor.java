package io.lipc.training;

import io.lipc.linalg.MatrixProduct;
import java.util.Arrays;

/** A tensor as rows, with its transpose and its gradient. A vector is a matrix of one column. */
final class BatchTensor {

  private final double[][] rows;
  private final double[][] transposed;
  private final double[][] gradient;

  BatchTensor(int rows, int columns) {
    this.rows = new double[rows][columns];
    this.transposed = new double[columns][rows];
    this.gradient = new double[rows][columns];
  }

  boolean hasShape(int rowCount, int columnCount) {
    return rows.length == rowCount && transposed.length == columnCount;
  }

  int size() {
    return rows.length * transposed.length;
  }

  /** Takes over the numbers of a tensor in row-major order. */
  void load(double[] values) {
    int columns = transposed.length;
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, i * columns, rows[i], 0, columns);
    }
    MatrixProduct.transpose(transposed, rows, rows.length, columns);
  }

  double[][] rows() {
    return rows;
  }

  double[][] transposed() {
    return transposed;
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
    int columns = transposed.length;
    double[] flat = new double[size()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(gradient[i], 0, flat, i * columns, columns);
    }
    return flat;
  }
}
