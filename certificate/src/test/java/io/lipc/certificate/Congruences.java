package io.lipc.certificate;

import java.util.ArrayList;
import java.util.List;

/** Looks for congruence witnesses in plain doubles: nothing here is trusted. */
public final class Congruences {

  private Congruences() {}

  /** About the inverse of the Cholesky factor of {@code matrix}, cut to 20 fraction bits. */
  public static PositivityWitness.Congruence of(double[][] matrix) {
    int n = matrix.length;
    double[][] factor = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i][k] * factor[j][k];
        }
        factor[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j][j];
      }
    }
    List<List<Long>> rows = new ArrayList<>();
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      List<Long> row = new ArrayList<>();
      for (int j = 0; j <= i; j++) {
        double sum = i == j ? 1 : 0;
        for (int k = j; k < i; k++) {
          sum -= factor[i][k] * inverse[k][j];
        }
        inverse[i][j] = sum / factor[i][i];
        row.add(Math.round(inverse[i][j] * 0x1p20));
      }
      rows.add(row);
    }
    return new PositivityWitness.Congruence(rows);
  }
}
