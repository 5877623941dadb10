package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MatrixProductTest {

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void addsTheProductForAllSmallShapes() {
    for (int rows = 1; rows <= 9; rows++) {
      for (int terms = 1; terms <= 9; terms++) {
        for (int columns = 1; columns <= 9; columns++) {
          double[][] a = matrix(rows, terms);
          double[][] x = matrix(terms, columns);
          double[][] y = matrix(rows, columns);
          double[][] expected = plain(y, a, x);
          MatrixProduct.accumulate(y, a, x, rows, terms, columns);
          assertThat(y).isDeepEqualTo(expected);
        }
      }
    }
  }

  @Test
  void addsMultiplesOfPartsOfRowsAndTerms() {
    double[][] a = matrix(13, 11);
    double[][] x = matrix(11, 7);
    double[][] y = matrix(13, 7);
    for (int top = 0; top < 6; top++) {
      double[][] expected = new double[13][];
      for (int i = 0; i < 13; i++) {
        expected[i] = y[i].clone();
        for (int k = 2; k < 9 && i >= top && i < 12; k++) {
          for (int j = 0; j < 5; j++) {
            expected[i][j] = Math.fma(-a[i][k], x[k][j], expected[i][j]);
          }
        }
      }
      MatrixProduct.accumulate(y, a, x, new Range(top, 12), new Range(2, 9), 5, -1);
      assertThat(y).isDeepEqualTo(expected);
    }
  }

  @Test
  void leavesOtherColumnsAlone() {
    double[][] y = {{1, 1, 1}};
    MatrixProduct.accumulate(y, new double[][] {{2}}, new double[][] {{3, 3, 3}}, 1, 1, 2);
    assertThat(y[0]).containsExactly(7, 7, 1);
  }

  @Test
  void transposes() {
    double[][] t = new double[3][2];
    MatrixProduct.transpose(t, new double[][] {{1, 2, 3}, {4, 5, 6}}, 2, 3);
    assertThat(t).isDeepEqualTo(new double[][] {{1, 4}, {2, 5}, {3, 6}});
  }

  @Test
  void transposesAllSmallShapes() {
    for (int rows = 1; rows <= 18; rows++) {
      double[][] a = matrix(rows, 5);
      double[][] t = new double[5][rows];
      MatrixProduct.transpose(t, a, rows, 5);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < 5; j++) {
          assertThat(t[j][i]).isEqualTo(a[i][j]);
        }
      }
    }
  }

  private static double[][] plain(double[][] y, double[][] a, double[][] x) {
    double[][] sum = new double[y.length][];
    for (int i = 0; i < y.length; i++) {
      sum[i] = y[i].clone();
      for (int k = 0; k < x.length; k++) {
        for (int j = 0; j < sum[i].length; j++) {
          sum[i][j] = Math.fma(a[i][k], x[k][j], sum[i][j]);
        }
      }
    }
    return sum;
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = random.doubles(columns, -1, 1).toArray();
    }
    return matrix;
  }
}
