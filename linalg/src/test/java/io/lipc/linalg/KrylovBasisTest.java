package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KrylovBasisTest {

  private final Random random = new Random(4);

  private double[][] definite(int n) {
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = random.doubles(n, -1, 1).toArray();
    }
    return Dense.gram(a, Deadline.NONE);
  }

  private static void assertOrthonormal(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(Dense.dot(rows[i], rows[j])).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
  }

  /** The largest eigenvalue of the matrix on the span. */
  private static double largestOnSpan(double[][] matrix, double[][] basis) {
    double[][] columns = Dense.transpose(basis);
    return Eigenvalues.largest(
        Dense.product(basis, Dense.product(matrix, columns, Deadline.NONE), Deadline.NONE),
        Deadline.NONE);
  }

  @Test
  void leadingEigenvectorIsInTheSpan() {
    for (int n : new int[] {1, 2, 3, 7, 24, 25, 80, 200}) {
      double[][] matrix = definite(n);

      double[][] basis = KrylovBasis.of(matrix, Deadline.NONE);

      assertThat(basis.length).isBetween(Math.min(n, 4), Math.min(n, 24));
      assertOrthonormal(basis);
      double largest = Eigenvalues.largest(matrix, Deadline.NONE);
      assertThat(largestOnSpan(matrix, basis))
          .isBetween(largest * (1 - 1e-3), largest * (1 + 1e-12));
    }
  }

  @Test
  void basisOfAMatrixNearbyIsTheBetterStart() {
    double[][] matrix = definite(150);
    double[][] first = KrylovBasis.of(matrix, Deadline.NONE);
    matrix[3][3] += 1e-3;

    double[][] second = KrylovBasis.of(matrix, first, Deadline.NONE);

    assertOrthonormal(second);
    double largest = Eigenvalues.largest(matrix, Deadline.NONE);
    assertThat(largestOnSpan(matrix, second))
        .isBetween(largest * (1 - 1e-7), largest * (1 + 1e-12));
  }

  @Test
  void severalEqualEigenvaluesAreAllFound() {
    double[][] matrix = new double[40][40];
    for (int i = 0; i < 40; i++) {
      matrix[i][i] = i < 3 ? 5 : 1.0 / i;
    }

    double[][] basis = KrylovBasis.of(matrix, Deadline.NONE);

    for (int i = 0; i < 3; i++) {
      double share = 0;
      for (double[] row : basis) {
        share += row[i] * row[i];
      }
      assertThat(share).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void zeroMatrixHasAnyBasis() {
    assertOrthonormal(KrylovBasis.of(new double[6][6], Deadline.NONE));
  }
}
