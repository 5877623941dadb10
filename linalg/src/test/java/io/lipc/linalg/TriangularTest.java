package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TriangularTest {

  @Test
  void triangularSolutionsSolve() {
    for (int n = 1; n <= 13; n++) {
      double[][] tall = gaussian(new Random(1), n + 3, n);
      double[][] a = Dense.smallerGram(tall);
      double[][] lower = Triangular.cholesky(a).orElseThrow();
      double[][] b = gaussian(new Random(2), n, 2);

      assertClose(Dense.product(lower, Dense.transpose(lower)), a);
      assertClose(Dense.product(lower, Triangular.solve(lower, b)), b);
      assertClose(Dense.product(Dense.transpose(lower), Triangular.solveTransposed(lower, b)), b);
      double[][] turned = Dense.transpose(b);
      assertThat(Triangular.solveOfTransposed(lower, turned))
          .isDeepEqualTo(Triangular.solve(lower, b));
      assertThat(Triangular.solveTransposedOfTransposed(lower, turned))
          .isDeepEqualTo(Triangular.solveTransposed(lower, b));
    }
  }

  @Test
  void productsAndCongruencesWithFactorsAgreeWithPlainOnes() {
    for (int n = 1; n <= 13; n++) {
      double[][] lower =
          Triangular.cholesky(Dense.smallerGram(gaussian(new Random(1), n + 3, n))).orElseThrow();
      double[][] m = gaussian(new Random(2), n, n);

      double[][] product = Dense.product(Dense.transpose(lower), m);
      for (int i = 0; i < n; i++) {
        Arrays.fill(product[i], i + 1, n, 0);
      }
      assertClose(Triangular.lowerOfTransposedProduct(lower, m), product);
      double[][] half = Triangular.solveTransposed(lower, m);
      assertThat(Triangular.congruenceOfTransposed(lower, m))
          .isDeepEqualTo(Triangular.solveTransposedOfTransposed(lower, half));
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
    assertThat(Triangular.gram(a)).isDeepEqualTo(plain);
    assertThat(Triangular.lowerOfNegativeProduct(a, transposed)[n - 1])
        .containsExactly(Entries.scaled(plain, -1)[n - 1]);
  }

  /** One side of each size is large enough for other threads. */
  @Test
  void factorsOfShiftedGramMatricesHaveTheBitsOfThoseInSteps() {
    for (int n : new int[] {1, 3, 4, 13, 129}) {
      double[][] a = gaussian(new Random(5), n, 130);
      double[][] shifted = Triangular.gram(a);
      for (int i = 0; i < n; i++) {
        shifted[i][i] += 0.7;
      }
      double[][] factor = Triangular.choleskyOfShiftedGram(a, 0.7).orElseThrow();

      assertThat(factor).isDeepEqualTo(Triangular.cholesky(shifted).orElseThrow());
      assertClose(Dense.product(factor, Dense.transpose(factor)), shifted);
    }
  }

  @Test
  void matricesThatAreNotPositiveDefiniteHaveNoFactor() {
    assertThat(Triangular.cholesky(new double[][] {{1, 2}, {2, 1}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{1, 1}, {1, 1}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{Double.NaN}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{Double.POSITIVE_INFINITY}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{0}})).isEmpty();
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
