package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a kernel from its taps: of matrices G_0, ..., G_(t-1) of one shape the matrix whose
 * row o is {@code G_0[o][0], G_1[o][0], ..., G_0[o][1], ...}, as a tensor {@code [outputs, inputs,
 * taps]} is stored.
 */
final class Interleaving {

  private Interleaving() {}

  /** Interleaves the first {@code columns} columns of each matrix. */
  static double[][] of(List<double[][]> taps, int columns) {
    int count = taps.size();
    double[][] rows = Entries.zeros(taps.getFirst().length, columns * count);
    for (int tap = 0; tap < count; tap++) {
      double[][] matrix = taps.get(tap);
      for (int o = 0; o < rows.length; o++) {
        for (int i = 0; i < columns; i++) {
          rows[o][i * count + tap] = matrix[o][i];
        }
      }
    }
    return rows;
  }

  /** The adjoints of the matrices; columns that are not used have none. */
  static List<double[][]> pullBack(List<double[][]> taps, int columns, double[][] adjoint) {
    int count = taps.size();
    int width = taps.getFirst()[0].length;
    return IntStream.range(0, count)
        .mapToObj(tap -> part(adjoint, columns, width, count, tap))
        .toList();
  }

  private static double[][] part(double[][] adjoint, int columns, int width, int count, int tap) {
    double[][] part = Entries.zeros(adjoint.length, width);
    for (int o = 0; o < part.length; o++) {
      for (int i = 0; i < columns; i++) {
        part[o][i] = adjoint[o][i * count + tap];
      }
    }
    return part;
  }
}
