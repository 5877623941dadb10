package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixProductTest {

  private final SplittableRandom random = new SplittableRandom(3);

  /** What adds products: both are held to the same bits. */
  private interface Kernel {
    void accumulate(
        double[][] y, Coefficients a, double[][] x, Range rows, Range terms, int columns);
  }

  static Stream<Arguments> kernels() {
    return Stream.of(
        Arguments.of(Named.of("loops", (Kernel) MatrixProduct::accumulateByLoops)),
        Arguments.of(Named.of("vectors", (Kernel) VectorTiles::accumulate)),
        Arguments.of(Named.of("chosen", (Kernel) MatrixProduct::accumulate)));
  }

  /** Columns up to a tile of four vectors and some more. */
  @ParameterizedTest
  @MethodSource("kernels")
  void addsTheProductForAllSmallShapes(Kernel kernel) {
    for (int rows = 1; rows <= 9; rows++) {
      for (int terms = 1; terms <= 9; terms++) {
        for (int columns = 1; columns <= 75; columns += columns < 36 ? 1 : 13) {
          double[][] a = matrix(rows, terms);
          double[][] x = matrix(terms, columns);
          double[][] y = matrix(rows, columns);
          double[][] expected = plain(y, a, x);
          double[][] turned = copy(y);
          Range all = new Range(0, rows);
          kernel.accumulate(y, Coefficients.of(a), x, all, new Range(0, terms), columns);
          assertThat(y).isDeepEqualTo(expected);
          Coefficients left = Coefficients.transposed(MatrixProduct.transpose(a));
          kernel.accumulate(turned, left, x, all, new Range(0, terms), columns);
          assertThat(turned).isDeepEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void addsMultiplesOfPartsOfRowsAndTerms(Kernel kernel) {
    double[][] a = matrix(13, 11);
    double[][] x = matrix(11, 41);
    for (int top = 0; top < 6; top++) {
      double[][] y = matrix(13, 41);
      double[][] expected = copy(y);
      for (int i = top; i < 12; i++) {
        for (int k = 2; k < 9; k++) {
          for (int j = 0; j < 37; j++) {
            expected[i][j] = Math.fma(-a[i][k], x[k][j], expected[i][j]);
          }
        }
      }
      double[][] turned = copy(y);
      Range rows = new Range(top, 12);
      kernel.accumulate(y, Coefficients.negative(a), x, rows, new Range(2, 9), 37);
      assertThat(y).isDeepEqualTo(expected);
      Coefficients left = Coefficients.negativeTransposed(MatrixProduct.transpose(a));
      kernel.accumulate(turned, left, x, rows, new Range(2, 9), 37);
      assertThat(turned).isDeepEqualTo(expected);
    }
  }

  /** As a triangular solution does. */
  @ParameterizedTest
  @MethodSource("kernels")
  void takesTermsFromOtherRowsOfTheSameMatrix(Kernel kernel) {
    double[][] a = matrix(8, 4);
    double[][] y = matrix(8, 33);
    double[][] expected = plain(Arrays.copyOfRange(y, 4, 8), Arrays.copyOfRange(a, 4, 8), y, 4);

    kernel.accumulate(y, Coefficients.of(a), y, new Range(4, 8), new Range(0, 4), 33);

    assertThat(Arrays.copyOfRange(y, 4, 8)).isDeepEqualTo(expected);
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
    return plain(y, a, x, x.length);
  }

  private static double[][] plain(double[][] y, double[][] a, double[][] x, int terms) {
    double[][] sum = copy(y);
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < terms; k++) {
        for (int j = 0; j < sum[i].length; j++) {
          sum[i][j] = Math.fma(a[i][k], x[k][j], sum[i][j]);
        }
      }
    }
    return sum;
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = random.doubles(columns, -1, 1).toArray();
    }
    return matrix;
  }
}
