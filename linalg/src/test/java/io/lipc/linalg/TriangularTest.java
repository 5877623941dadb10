package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TriangularTest {

  private final Workspace work = new Workspace();

  @Test
  void triangularSolutionsSolve() {
    for (int n = 1; n <= 13; n++) {
      double[][] tall = gaussian(new Random(1), n + 3, n);
      double[][] a = Dense.smallerGram(tall, Deadline.NONE);
      double[][] lower = Triangular.cholesky(a, work).orElseThrow();
      double[][] b = gaussian(new Random(2), n, 2);

      assertClose(Dense.product(lower, Dense.transpose(lower), Deadline.NONE), a);
      double[][] x = Triangular.solve(lower, b, work);
      assertClose(Dense.product(lower, x, Deadline.NONE), b);
      double[][] y = Triangular.solveTransposed(lower, b, work);
      assertClose(Dense.product(Dense.transpose(lower), y, Deadline.NONE), b);
      assertThat(y).isDeepEqualTo(eliminated(lower, b));
    }
  }

  @Test
  void productsAndCongruencesWithFactorsAgreeWithPlainOnes() {
    for (int n = 1; n <= 13; n++) {
      double[][] lower =
          Triangular.cholesky(
                  Dense.smallerGram(gaussian(new Random(1), n + 3, n), Deadline.NONE), work)
              .orElseThrow();
      double[][] m = gaussian(new Random(2), n, n);

      double[][] product = Dense.product(Dense.transpose(lower), m, Deadline.NONE);
      for (int i = 0; i < n; i++) {
        Arrays.fill(product[i], i + 1, n, 0);
      }
      assertClose(Triangular.lowerOfTransposedProduct(lower, m, work), product);
      double[][] half = Dense.transpose(eliminated(lower, m));
      assertThat(Triangular.congruenceOfTransposed(lower, m, work))
          .isDeepEqualTo(eliminated(lower, half));
    }
  }

  @Test
  void largeProductsHaveTheBitsOfSmallOnes() {
    int n = 129;
    double[][] a = gaussian(new Random(4), n, n);
    double[][] transposed = MatrixProduct.transpose(a);
    double[][] plain = new double[n][n];
    MatrixProduct.accumulate(plain, a, transposed, n, n, n);

    assertThat(MatrixProduct.isLarge(n, n, n)).isTrue();
    assertThat(MatrixProduct.product(a, transposed)).isDeepEqualTo(plain);
    assertThat(Triangular.gram(a, work)).isDeepEqualTo(plain);
    assertThat(Triangular.lowerOfNegativeProduct(a, transposed, work)[n - 1])
        .containsExactly(Entries.scaled(plain, -1)[n - 1]);
  }

  /** One side of each size is large enough for other threads. */
  @Test
  void factorsOfShiftedGramMatricesHaveTheBitsOfThoseInSteps() {
    for (int n : new int[] {1, 3, 4, 13, 129}) {
      double[][] a = gaussian(new Random(5), n, 130);
      double[][] shifted = Triangular.gram(a, work);
      for (int i = 0; i < n; i++) {
        shifted[i][i] += 0.7;
      }
      double[][] factor = Triangular.choleskyOfShiftedGram(a, 0.7, work).orElseThrow();

      assertThat(factor).isDeepEqualTo(Triangular.cholesky(shifted, work).orElseThrow());
      assertClose(Dense.product(factor, Dense.transpose(factor), Deadline.NONE), shifted);
    }
  }

  @Test
  void matricesThatAreNotPositiveDefiniteHaveNoFactor() {
    assertThat(Triangular.cholesky(new double[][] {{1, 2}, {2, 1}}, work)).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{1, 1}, {1, 1}}, work)).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{Double.NaN}}, work)).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{Double.POSITIVE_INFINITY}}, work)).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{0}}, work)).isEmpty();
  }

  /** {@code L^-T B}, entry by entry, in the order of elimination. */
  private static double[][] eliminated(double[][] lower, double[][] b) {
    double[][] x = Dense.copy(b);
    for (int i = x.length - 1; i >= 0; i--) {
      for (int j = 0; j < x[i].length; j++) {
        for (int k = x.length - 1; k > i; k--) {
          x[i][j] = Math.fma(-lower[k][i], x[k][j], x[i][j]);
        }
        x[i][j] /= lower[i][i];
      }
    }
    return x;
  }

  private static void assertClose(double[][] actual, double[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(1e-12));
    }
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    Arrays.stream(matrix).forEach(row -> Arrays.setAll(row, _ -> random.nextGaussian()));
    return matrix;
  }
}
