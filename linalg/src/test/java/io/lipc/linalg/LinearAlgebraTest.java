package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against EJML, on seeded random matrices of sizes around the block sizes. */
class LinearAlgebraTest {

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 70, 131})
  void transposedProductAgrees(int n) {
    double[][] a = matrix(n + 3, n);
    double[][] b = matrix(n + 3, 2 * n + 1);
    double[][] c = new double[n][2 * n + 1];

    Dense.addTransposedProduct(c, a, b, -1, Deadline.NONE);

    DMatrixRMaj expected = new DMatrixRMaj(n, 2 * n + 1);
    CommonOps_DDRM.multTransA(-1, new DMatrixRMaj(a), new DMatrixRMaj(b), expected);
    assertClose(c, expected, 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 70, 131})
  void productAgrees(int n) {
    double[][] a = matrix(n, n + 2);
    double[][] b = matrix(n + 2, n + 1);

    DMatrixRMaj expected = new DMatrixRMaj(n, n + 1);
    CommonOps_DDRM.mult(new DMatrixRMaj(a), new DMatrixRMaj(b), expected);
    assertClose(Dense.product(a, b, Deadline.NONE), expected, 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 70, 131, 600})
  void inverseOfTheFactorMakesTheMatrixTheIdentity(int n) {
    double[][] a = positive(n);

    double[][] m = Cholesky.of(a, Deadline.NONE).orElseThrow().inverseTransposed(Deadline.NONE);

    double[][] t =
        Dense.product(Dense.product(m, a, Deadline.NONE), Dense.transpose(m), Deadline.NONE);
    assertClose(t, CommonOps_DDRM.identity(n), 1e-10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 33, 70})
  void inverseIsSymmetricAndInverts(int n) {
    double[][] a = positive(n);

    double[][] inverse = Cholesky.of(a, Deadline.NONE).orElseThrow().inverse(Deadline.NONE);

    assertClose(Dense.product(inverse, a, Deadline.NONE), CommonOps_DDRM.identity(n), 1e-10);
    assertThat(Dense.transpose(inverse)).isDeepEqualTo(inverse);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 33, 70})
  void inverseOfAnyMatrixInvertsFromBothSides(int n) {
    double[][] a = matrix(n, n);
    double[][] before = Dense.copy(a);

    double[][] inverse = Inverse.of(a).orElseThrow();

    assertClose(Dense.product(inverse, a, Deadline.NONE), CommonOps_DDRM.identity(n), 1e-9);
    assertClose(Dense.product(a, inverse, Deadline.NONE), CommonOps_DDRM.identity(n), 1e-9);
    assertThat(a).isDeepEqualTo(before);
  }

  /** The first pivot is zero where it stands: another row has to take its place. */
  @Test
  void inverseOfAPermutationIsItsTransposed() {
    double[][] a = {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};

    assertThat(Inverse.of(a).orElseThrow()).isDeepEqualTo(Dense.transpose(a));
  }

  @Test
  void singularMatricesAndNoNumbersHaveNoInverse() {
    assertThat(Inverse.of(new double[][] {{1, 2}, {2, 4}})).isEmpty();
    assertThat(Inverse.of(new double[][] {{0}})).isEmpty();
    assertThat(Inverse.of(new double[][] {{Double.POSITIVE_INFINITY}})).isEmpty();
    assertThat(Inverse.of(new double[][] {{1, 2}, {Double.NaN, 4}})).isEmpty();
    assertThat(Inverse.of(new double[][] {{1, Double.NaN}, {3, 4}})).isEmpty();
  }

  @Test
  void sparseRowsActAsTheDenseMatrix() {
    double[][] a = matrix(5, 8);
    double[][] rows = {a[0], new double[8], {0, 0, 3, 0, 0, 0, 0, -1}};
    SparseRows sparse = SparseRows.of(rows);

    double[][] b = matrix(8, 4);
    assertClose(
        sparse.times(b, 4, Deadline.NONE),
        new DMatrixRMaj(Dense.product(rows, b, Deadline.NONE)),
        1e-14);
    double[] v = matrix(1, 8)[0];
    assertThat(sparse.dot(0, v)).isCloseTo(Dense.dot(a[0], v), within(1e-14));
    assertThat(sparse.dot(1, v)).isZero();
    assertThat(sparse.count()).isEqualTo(3);
    assertThat(sparse.width()).isEqualTo(8);
    double[][] outer = new double[8][8];
    sparse.addOuterProduct(outer, 2, sparse, 2);
    assertThat(outer[2]).containsExactly(0, 0, 18, 0, 0, 0, 0, -6);
    assertThat(outer[7]).containsExactly(0, 0, -6, 0, 0, 0, 0, 2);
  }

  @Test
  void sparseRowsAreStackedPaddedAndScaled() {
    SparseRows units = SparseRows.units(2, 0);
    SparseRows stacked =
        SparseRows.stack(List.of(units.padded(3), SparseRows.of(new double[][] {{5, 0, 7}})));

    double[][] dense =
        stacked.scaledColumns(new double[] {2, 3, 4}).times(Dense.identity(3), 3, Deadline.NONE);
    assertThat(dense).isDeepEqualTo(new double[][] {{0, 0, 4}, {2, 0, 0}, {0, 0, 0}, {10, 0, 28}});
    assertThat(SparseRows.of(new double[0][]).width()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 33, 64, 100})
  void indefiniteMatrixHasNoFactor(int n) {
    double[][] a = positive(n);
    a[n - 1][n - 1] -= 1e3;

    assertThat(Cholesky.of(a, Deadline.NONE)).isEmpty();
  }

  @Test
  void notANumberHasNoFactor() {
    assertThat(Cholesky.of(new double[][] {{Double.NaN}}, Deadline.NONE))
        .isEqualTo(Optional.empty());
    assertThat(Cholesky.of(new double[][] {{Double.POSITIVE_INFINITY}}, Deadline.NONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64, 200})
  void extremeEigenvaluesAgree(int n) {
    double[][] a = matrix(n, n);
    Dense.addTransposedProduct(a, matrix(n, n), Dense.identity(n), 1, Deadline.NONE);
    double[][] symmetric = Dense.copy(a);
    double[][] transposed = Dense.transpose(a);
    for (int i = 0; i < n; i++) {
      Dense.addScaled(symmetric[i], transposed[i], 1);
    }
    var eigen = DecompositionFactory_DDRM.eig(n, false, true);
    assertThat(eigen.decompose(new DMatrixRMaj(symmetric))).isTrue();
    double largest = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
      least = Math.min(least, eigen.getEigenvalue(i).getReal());
    }

    assertThat(Eigenvalues.largest(symmetric, Deadline.NONE)).isCloseTo(largest, within(1e-11 * n));
    assertThat(Eigenvalues.least(symmetric, Deadline.NONE)).isCloseTo(least, within(1e-11 * n));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-200, 1e200, 3e-30})
  void spectralNormDoesNotDependOnTheScale(double scale) {
    double[][] a = matrix(20, 30);
    double expected = SingularOps_DDRM.singularValues(new DMatrixRMaj(a))[0];
    for (double[] row : a) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= scale;
      }
    }

    assertThat(Eigenvalues.spectralNorm(a, Deadline.NONE) / scale)
        .isCloseTo(expected, within(1e-12 * expected));
  }

  @Test
  void zeroMatrixHasNormZero() {
    assertThat(Eigenvalues.spectralNorm(new double[3][4], Deadline.NONE)).isZero();
    assertThat(Eigenvalues.largest(new double[3][3], Deadline.NONE)).isZero();
  }

  @Test
  void extremeEntriesEndTheIteration() {
    assertThat(Eigenvalues.largest(new double[][] {{4e-320}}, Deadline.NONE)).isEqualTo(4e-320);
    assertThat(Eigenvalues.largest(new double[][] {{Double.NaN}}, Deadline.NONE)).isNaN();
    assertThat(Eigenvalues.largest(new double[][] {{Double.POSITIVE_INFINITY}}, Deadline.NONE))
        .isInfinite();
  }

  private double[][] matrix(int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = random.doubles(columns, -1, 1).toArray();
    }
    return matrix;
  }

  private double[][] positive(int n) {
    double[][] g = matrix(n + 5, n);
    double[][] a = Dense.identity(n);
    Dense.addTransposedProduct(a, g, g, 1, Deadline.NONE);
    return a;
  }

  private static void assertClose(double[][] actual, DMatrixRMaj expected, double tolerance) {
    for (int i = 0; i < actual.length; i++) {
      for (int j = 0; j < actual[i].length; j++) {
        assertThat(actual[i][j]).isCloseTo(expected.get(i, j), within(tolerance));
      }
    }
  }
}
