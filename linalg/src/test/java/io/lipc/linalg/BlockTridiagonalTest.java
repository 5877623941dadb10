package io.lipc.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against dense factorisations of the same matrix. */
class BlockTridiagonalTest {

  private final Random random = new Random(11);

  static Stream<int[]> bounds() {
    return Stream.of(
        new int[] {0, 5},
        new int[] {0, 1, 2},
        new int[] {0, 3, 40, 41},
        new int[] {0, 33, 70, 71, 100, 165},
        new int[] {0, 64, 128, 192, 256});
  }

  /** Positive definite, and zero outside of the blocks. */
  private double[][] matrix(int[] bounds) {
    int n = bounds[bounds.length - 1];
    double[][] a = new double[n][n];
    for (int k = 0; k + 1 < bounds.length; k++) {
      int end = bounds[Math.min(bounds.length - 1, k + 2)];
      for (int r = 0; r < end - bounds[k]; r++) {
        double[] row = random.doubles(end - bounds[k], -1, 1).toArray();
        for (int i = bounds[k]; i < end; i++) {
          for (int j = bounds[k]; j < end; j++) {
            a[i][j] += row[i - bounds[k]] * row[j - bounds[k]];
          }
        }
      }
    }
    for (int i = 0; i < n; i++) {
      a[i][i] += 1;
    }
    return a;
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void inverseIsThatOfTheWholeMatrix(int[] bounds) {
    double[][] a = matrix(bounds);

    double[][] inverse =
        BlockTridiagonal.of(a, bounds).factor(Deadline.NONE).orElseThrow().inverse(Deadline.NONE);

    double[][] expected = Cholesky.of(a, Deadline.NONE).orElseThrow().inverse(Deadline.NONE);
    for (int i = 0; i < a.length; i++) {
      assertThat(inverse[i]).containsExactly(expected[i], within(1e-10));
      for (int j = 0; j < i; j++) {
        assertThat(inverse[i][j]).isEqualTo(inverse[j][i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void factorSolvesFromBothSides(int[] bounds) {
    double[][] a = matrix(bounds);
    BlockTridiagonal matrix = BlockTridiagonal.of(a, bounds);
    BlockTridiagonal.Factor factor = matrix.factor(Deadline.NONE).orElseThrow();
    double[] v = random.doubles(a.length, -1, 1).toArray();

    assertThat(matrix.times(factor.backward(factor.forward(v)))).containsExactly(v, within(1e-9));
    // F^-T A F^-1 is the identity.
    assertThat(factor.forward(matrix.times(factor.backward(v)))).containsExactly(v, within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void whatStaysOfTheFirstBlockIsItsSchurComplement(int[] bounds) {
    double[][] a = matrix(bounds);

    double[][] first = BlockTridiagonal.of(a, bounds).onFirstBlock(Deadline.NONE).orElseThrow();

    double[][] inverse = Cholesky.of(a, Deadline.NONE).orElseThrow().inverse(Deadline.NONE);
    double[][] block = new double[bounds[1]][];
    Arrays.setAll(block, i -> Arrays.copyOf(inverse[i], bounds[1]));
    double[][] identity = Dense.product(first, block, Deadline.NONE);
    for (int i = 0; i < block.length; i++) {
      for (int j = 0; j < block.length; j++) {
        assertThat(identity[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-9));
      }
    }
  }

  @Test
  void matrixThatIsNotPositiveHasNoFactor() {
    int[] bounds = {0, 2, 4, 6};
    for (int at = 0; at < 6; at++) {
      double[][] a = matrix(bounds);
      a[at][at] = -1;

      Optional<BlockTridiagonal.Factor> factor =
          BlockTridiagonal.of(a, bounds).factor(Deadline.NONE);

      assertThat(factor).isEmpty();
    }
  }

  @Test
  void shiftIsAddedToTheDiagonalAlone() {
    int[] bounds = {0, 2, 5, 6};
    double[][] a = matrix(bounds);
    double[] shifts = {1, 2, 3, 4, 5, 6};
    double[] v = random.doubles(6, -1, 1).toArray();

    double[] image = BlockTridiagonal.of(a, bounds).plusDiagonal(shifts).times(v);

    double[] plain = BlockTridiagonal.of(a, bounds).times(v);
    Arrays.setAll(plain, i -> plain[i] + shifts[i] * v[i]);
    assertThat(image).containsExactly(plain, within(1e-12));
  }

  /** Each linear form stays within neighbouring blocks, as those of a chain do. */
  @ParameterizedTest
  @MethodSource("bounds")
  void sumsOfProductsAreThoseOfWholeMatrices(int[] bounds) {
    int n = bounds[bounds.length - 1];
    double[][] a = new double[bounds.length - 1][n];
    double[][] b = new double[bounds.length - 1][n];
    for (int k = 0; k < a.length; k++) {
      for (int i = bounds[k]; i < bounds[Math.min(a.length, k + 2)]; i++) {
        a[k][i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
        b[k][i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
      }
    }
    SparseRows left = SparseRows.of(a);
    SparseRows right = SparseRows.of(b);
    double[][] expected = new double[n][n];
    BlockSum sum = new BlockSum(bounds);
    for (int k = 0; k < a.length; k++) {
      left.addOuterProduct(expected, k, right, 0.5 + k);
      right.addOuterProduct(expected, k, left, 0.5 + k);
      left.addOuterProduct(expected, k, left, -2);
      sum.add(left, right, k, 0.5 + k);
      sum.add(left, left, k, -1);
    }
    expected[n - 1][n - 1] += 3;
    sum.addDiagonal(n - 1, 3);
    double[] v = random.doubles(n, -1, 1).toArray();

    double[] image = sum.matrix().times(v);

    for (int i = 0; i < n; i++) {
      assertThat(image[i]).isCloseTo(Dense.dot(expected[i], v), within(1e-10));
    }
  }

  @Test
  void whatMeetsOutsideOfTheBlocksIsNoPartOfASum() {
    SparseRows far = SparseRows.of(new double[][] {{1, 0, 1}});

    assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
        .isThrownBy(() -> new BlockSum(0, 1, 2, 3).add(far, far, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void eliminationTellsWhereTheFormIsLeast(int[] bounds) {
    double[][] a = matrix(bounds);
    int n = a.length;
    BlockTridiagonal matrix = BlockTridiagonal.of(a, bounds);

    BlockTridiagonal.Elimination made = matrix.eliminate(Deadline.NONE);

    assertThat(made.block()).isZero();
    double[][] part = new double[bounds[1]][2];
    part[0][0] = 1;
    part[bounds[1] - 1][1] = -2;
    double[][] whole = made.extended(part, Deadline.NONE);
    assertThat(whole).hasNumberOfRows(n);
    for (int j = 0; j < 2; j++) {
      double[] vector = column(whole, j);
      double[] image = matrix.times(vector);
      assertThat(Arrays.copyOf(vector, bounds[1])).containsExactly(column(part, j));
      // Stationary in all other coordinates, with the value of the Schur complement.
      assertThat(Arrays.copyOfRange(image, bounds[1], n))
          .containsExactly(new double[n - bounds[1]], within(1e-9));
      double entry = j == 0 ? made.rest()[0][0] : 4 * made.rest()[bounds[1] - 1][bounds[1] - 1];
      assertThat(Dense.dot(vector, image)).isCloseTo(entry, within(1e-9));
    }
  }

  @Test
  void eliminationEndsAtTheBlockThatIsNotPositive() {
    int[] bounds = {0, 3, 40, 41, 60};
    double[][] a = matrix(bounds);
    a[20][20] = -1;
    BlockTridiagonal matrix = BlockTridiagonal.of(a, bounds);

    BlockTridiagonal.Elimination made = matrix.eliminate(Deadline.NONE);

    assertThat(made.block()).isOne();
    assertThat(matrix.factor(Deadline.NONE)).isEmpty();
    assertThat(matrix.onFirstBlock(Deadline.NONE)).isEmpty();
    double[][] part = new double[37][1];
    part[17][0] = 1;
    double[] vector = column(made.extended(part, Deadline.NONE), 0);
    assertThat(Arrays.copyOf(vector, 3)).containsOnly(0);
    assertThat(Dense.dot(vector, matrix.times(vector))).isLessThanOrEqualTo(-1);
  }

  private static double[] column(double[][] matrix, int j) {
    return Arrays.stream(matrix).mapToDouble(row -> row[j]).toArray();
  }
}
