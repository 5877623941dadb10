package io.lipc.certificate.frequency;

import static io.lipc.certificate.frequency.Enclosed.assertNear;
import static io.lipc.certificate.frequency.Enclosed.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Work;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether the sums that a Hermitian matrix is made of are enclosed, and what is proved of it. */
class HermitianTest {

  /** {@code 1.75 I - sum_r conj(v_r) v_r}, plus a multiple of a row. */
  private static void assertEncloses(Random random, int rows, double size, double radius) {
    ComplexMatrix v = Enclosed.random(random, rows, 3, size, radius);
    ComplexMatrix row = Enclosed.random(random, 2, 2, size, radius);
    Hermitian h = new Hermitian(4, rows + 2);
    for (int i = 0; i < 4; i++) {
      h.add(i, Ball.of(1.75));
    }
    h.subtractSquares(1, v, new Work(() -> {}));
    h.addRow(3, 1, -0.3, row, 1);
    for (int trial = 0; trial < 6; trial++) {
      Enclosed x = Enclosed.within(random, v);
      Enclosed y = Enclosed.within(random, row);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j <= i; j++) {
          for (int part = 0; part < 2; part++) {
            BigDecimal sum = BigDecimal.valueOf(i == j && part == 0 ? 1.75 : 0);
            for (int r = 0; j >= 1 && r < rows; r++) {
              sum = sum.subtract(product(x, r, i - 1, x, r, j - 1, part, -1));
            }
            if (i == 3 && j >= 1 && j < 3) {
              BigDecimal[][] of = part == 0 ? y.real() : y.imaginary();
              sum = sum.add(of[1][j - 1].multiply(new BigDecimal(-0.3)));
            }
            if (i > j || part == 0) {
              double middle = (part == 0 ? h.real : h.imaginary)[i][j];
              assertNear(sum, middle, ComplexMatrix.up(h.radius[i][j]));
            }
          }
        }
      }
    }
  }

  @Test
  void sumsAreEnclosed() {
    Random random = new Random(1);
    for (int rows : new int[] {1, 3, 50, 400}) {
      double size = 1 / (4 * Math.sqrt(rows));
      assertEncloses(random, rows, size, 0);
      assertEncloses(random, rows, size, 1e-9);
      assertEncloses(random, rows, size, size / 3);
      assertEncloses(random, rows, 1e8, 1e-3);
    }
  }

  @Test
  void radiiAreOfTheSizeOfWhatCanHappen() {
    Random random = new Random(4);
    Hermitian h = new Hermitian(3, 8);
    h.subtractSquares(0, Enclosed.random(random, 5, 3, 1, 1e-6), new Work(() -> {}));
    assertThat(h.radius[2][1]).isBetween(1e-6, 4e-5);
    assertThat(h.largestRadius(new double[] {1, 1, 4})).isBetween(8e-6, 7e-4);
  }

  /** Exact zeros stay: a row of the real matrix begins behind them. */
  @Test
  void realMatrix() {
    Hermitian h = new Hermitian(3, 4);
    h.add(0, Ball.of(4));
    h.add(1, Ball.of(16));
    h.add(2, Ball.of(1));
    h.add(2, 1, 0.5, -0.25);
    double[] scale = h.scale();
    assertThat(scale).containsExactly(0.5, 0.25, 1);
    assertThat(h.matrix(scale))
        .isDeepEqualTo(
            new double[][] {{1}, {0, 1}, {1}, {0, 1}, {0.125, 0.0625, 1}, {-0.0625, 0.125, 0, 1}});
    // The form at z = (0, 1 + i, i): as it is, and as the real matrix has it.
    assertThat(h.isPositive(new Work(() -> {}))).isTrue();
  }

  /** 2 x 2 with the determinant {@code 1 - |c|^2}. */
  @Test
  void whatIsPositive() {
    for (double turn = 0; turn < 7; turn += 0.3) {
      for (double size : new double[] {0.5, 1 - 1e-9, 1 + 1e-13, 1.5}) {
        Hermitian h = new Hermitian(2, 2);
        h.add(0, Ball.of(1));
        h.add(1, Ball.of(1));
        h.add(1, 0, size * Math.cos(turn), size * Math.sin(turn));
        assertThat(h.isPositive(new Work(() -> {}))).isEqualTo(size < 1);
      }
    }
  }

  @Test
  void whatIsUncertainIsNotPositive() {
    Hermitian h = new Hermitian(1, 1);
    h.add(0, new Ball(1, 0.125));
    assertThat(h.isPositive(new Work(() -> {}))).isTrue();
    h.add(0, new Ball(0, 0.25));
    assertThat(h.isPositive(new Work(() -> {}))).isFalse();
    for (double diagonal : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Hermitian bad = new Hermitian(1, 1);
      bad.add(0, Ball.of(diagonal));
      assertThat(bad.isPositive(new Work(() -> {}))).isFalse();
    }
    Hermitian large = new Hermitian(1, 1);
    large.add(0, new Ball(1, Double.NaN));
    assertThat(large.isPositive(new Work(() -> {}))).isFalse();
  }

  /** Where rows and columns are added, what was there stays. */
  @Test
  void borders() {
    Random random = new Random(9);
    Hermitian h = new Hermitian(2, 3);
    h.subtractSquares(0, Enclosed.random(random, 3, 2, 1, 1e-4), new Work(() -> {}));
    Hermitian wide = h.bordered(2);
    assertThat(wide.size()).isEqualTo(4);
    assertThat(wide.real[1]).containsExactly(h.real[1]);
    assertThat(wide.imaginary[1]).containsExactly(h.imaginary[1]);
    assertThat(wide.radius[1]).containsExactly(h.radius[1]);
    assertThat(wide.real[3]).containsOnly(0);
  }

  /** The first number of a row of the real matrix: whatever of an entry is not zero, its radius. */
  @Test
  void entriesThatAreNotZero() {
    for (int part = 0; part < 3; part++) {
      Hermitian h = new Hermitian(3, 0);
      for (int i = 0; i < 3; i++) {
        h.add(i, Ball.of(1));
      }
      (part == 0 ? h.real : part == 1 ? h.imaginary : h.radius)[2][1] = 0.5;
      assertThat(h.matrix(h.scale())[4]).hasSize(3);
      assertThat(h.matrix(h.scale())[5]).hasSize(4);
      assertThat(h.matrix(h.scale())[2]).hasSize(1);
    }
  }

  /** A diagonal is real: an imaginary part that arithmetic left there is not read. */
  @Test
  void diagonalsAreReal() {
    Hermitian h = new Hermitian(2, 0);
    h.add(0, Ball.of(1));
    h.add(1, Ball.of(1));
    h.imaginary[1][1] = 0.25;
    assertThat(h.matrix(h.scale())[3]).containsExactly(0, 1);
    assertThat(h.bordered(1).imaginary[1]).containsExactly(0, 0.25);
  }

  /** Each lies in [1/2, 2) then. */
  @Test
  void scales() {
    double[] diagonal = {Double.MIN_NORMAL, 0x1p-3, 0.5, 1, 2, 3.9, 4, 1e300, Double.MAX_VALUE};
    Hermitian h = new Hermitian(diagonal.length, 0);
    for (int i = 0; i < diagonal.length; i++) {
      h.real[i][i] = diagonal[i];
    }
    double[] scale = h.scale();
    for (int i = 0; i < diagonal.length; i++) {
      assertThat(diagonal[i] * scale[i] * scale[i]).isGreaterThanOrEqualTo(0.5).isLessThan(2);
      assertThat(Math.scalb(1.0, Math.getExponent(scale[i]))).isEqualTo(scale[i]);
    }
    assertThat(scale[3]).isEqualTo(1);
    assertThat(scale[4]).isEqualTo(0.5);
  }

  @Test
  void diagonalsWithoutScale() {
    double[] diagonal = {
      0, -1, Math.nextDown(Double.MIN_NORMAL), Double.POSITIVE_INFINITY, Double.NaN
    };
    Hermitian h = new Hermitian(diagonal.length, 0);
    for (int i = 0; i < diagonal.length; i++) {
      h.real[i][i] = diagonal[i];
    }
    assertThat(h.scale()).containsOnly(Double.NaN);
  }

  /** What is added to a larger one is known as well as a single number is. */
  @Test
  void bordersAreFilledWithSingleNumbers() {
    Hermitian wide = new Hermitian(1, 100).bordered(1);
    wide.add(1, 0, 1, 0);
    assertThat(wide.radius[1][0]).isEqualTo(0x1p-49);
  }
}
