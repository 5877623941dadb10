package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import io.lipc.linalg.Workspace;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Matrices as rows and as flat arrays. */
final class Rows {

  private Rows() {}

  static double[][] of(double[] flat, int rows, int columns) {
    return of(flat, 0, rows, columns);
  }

  /** The first row begins at {@code offset}. */
  static double[][] of(double[] flat, int offset, int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      int from = offset + i * columns;
      matrix[i] = Arrays.copyOfRange(flat, from, from + columns);
    }
    return matrix;
  }

  /** The same, taken from a workspace. */
  static double[][] of(double[] flat, int offset, int rows, int columns, Workspace workspace) {
    double[][] matrix = workspace.take(rows, columns);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(flat, offset + i * columns, matrix[i], 0, columns);
    }
    return matrix;
  }

  static double[] flat(double[][] matrix) {
    double[] flat = new double[matrix.length * matrix[0].length];
    copy(matrix, flat, 0);
    return flat;
  }

  /** Writes the rows one after the other, the first one from {@code offset} on. */
  static void copy(double[][] matrix, double[] flat, int offset) {
    int at = offset;
    for (double[] row : matrix) {
      System.arraycopy(row, 0, flat, at, row.length);
      at += row.length;
    }
  }

  /** The value under a name. */
  static <T> T get(Map<String, T> map, String name) {
    return Optional.ofNullable(map.get(name))
        .orElseThrow(() -> new IllegalArgumentException("nothing is called " + Quoted.code(name)));
  }
}
