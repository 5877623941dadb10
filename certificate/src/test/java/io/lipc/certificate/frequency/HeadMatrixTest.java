package io.lipc.certificate.frequency;

import static io.lipc.certificate.frequency.Formula.assertRadius;
import static io.lipc.certificate.frequency.Formula.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Matrices above {@code V S^-1 V*}, where all of them are known by hand, and sums of such. */
class HeadMatrixTest {

  /** {@code 4 I}, exactly but for a few units in the last place. */
  private static Hermitian four(int size) {
    Hermitian form = new Hermitian(size, 0);
    for (int i = 0; i < size; i++) {
      form.add(i, Ball.of(4));
    }
    return form;
  }

  private static Waves rows(double[]... real) {
    ComplexMatrix v = new ComplexMatrix(real.length, real[0].length);
    for (int i = 0; i < real.length; i++) {
      v.real[i] = real[i];
    }
    return new Waves(0, v);
  }

  private static Optional<HeadMatrix> above(Hermitian form, Waves v) {
    return HeadMatrix.above(form, v, new Work(() -> {}));
  }

  private static double entry(HeadMatrix y, int i, int j) {
    return y.dividedBy(1).get(i).get(j).middle();
  }

  /** Rows begin at different columns: {@code V V* / 4}. */
  @Test
  void products() {
    HeadMatrix y =
        above(
                four(3),
                rows(new double[] {0, 0, 3}, new double[] {2, -1, 5}, new double[] {0, 7, -4}))
            .orElseThrow();
    double[][] product = {{9, 15, -12}, {15, 30, -27}, {-12, -27, 65}};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(entry(y, i, j)).isCloseTo(product[i][j] / 4, within(1e-10));
      }
      assertThat(entry(y, i, i)).isGreaterThan(product[i][i] / 4);
    }
  }

  /** A row of zeros gets a share of the largest number of the diagonal. */
  @Test
  void rowsOfZeros() {
    HeadMatrix y = above(four(1), rows(new double[] {0}, new double[] {8})).orElseThrow();
    assertThat(entry(y, 0, 0) / 0x1p-36).isBetween(1.0, 1 + 1e-11);
    assertThat(entry(y, 1, 0)).isZero();
  }

  /** Sums of numbers of both signs, once or twice, and quotients; and their radii. */
  @Test
  void sums() {
    HeadMatrix first = above(four(1), rows(new double[] {1}, new double[] {-3})).orElseThrow();
    HeadMatrix second = above(four(1), rows(new double[] {2}, new double[] {5})).orElseThrow();
    HeadMatrix zero = above(four(2), rows(new double[] {1, 0}, new double[] {0, 1})).orElseThrow();
    HeadMatrix sum = new HeadMatrix(2);
    sum.add(first, 2);
    sum.add(second, 1);
    sum.add(zero, 2);
    List<List<Ball>> third = sum.dividedBy(3);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        double a = entry(first, i, j);
        double b = entry(second, i, j);
        double c = entry(zero, i, j);
        Ball ball = third.get(i).get(j);
        assertThat(ball.middle()).isEqualTo((2 * a + b + 2 * c) / 3);
        double size = (2 * Math.abs(a) + Math.abs(b) + 2 * Math.abs(c)) / 3;
        assertRadius(ball.radius(), of(7 * 0x1p-52 * size));
      }
    }
    assertThat(zero.dividedBy(1).get(1).get(0)).isEqualTo(new Ball(0, 0x1p-1000));
  }

  /**
   * What is added to diagonals: S is off by 2^-49 of itself, V by {@code 12 2^-52}, twice which are
   * more; so it is {@code 3 (2 4 24 + 64) 2^-52} of them, on both sides.
   */
  @Test
  void whatIsSpare() {
    HeadMatrix y = above(four(1), rows(new double[] {1})).orElseThrow();
    assertThat((4 * entry(y, 0, 0) - 1) * 0x1p52).isBetween(2 * 768.0 - 8, 2 * 768.0 + 8);
    Hermitian uncertain = four(1);
    uncertain.add(0, new Ball(0, 0x1p-46));
    y = above(uncertain, rows(new double[] {1})).orElseThrow();
    // 2^-48 once S is scaled to 1, with its 2^-49.
    assertThat((4 * entry(y, 0, 0) - 1) * 0x1p52).isBetween(2 * 768.0 - 8, 2 * 768.0 + 8);
  }

  /** Of rows that are small beside their radii, Y is as large as these ask for. */
  @Test
  void rowsThatAreLittleKnown() {
    Waves v = rows(new double[] {0x1p-40});
    v.matrix().radius[0][0] = 0x1p-45;
    HeadMatrix y = above(four(1), v).orElseThrow();
    assertThat(entry(y, 0, 0)).isBetween(0x1p-28, 0x1p-28 * (1 + 1e-6));
  }

  /** Radii of V count beside its rows, not beside S. */
  @Test
  void largeRowsWithLargeRadii() {
    Waves v = rows(new double[] {0x1p40});
    v.matrix().radius[0][0] = 0.25;
    HeadMatrix y = above(four(1), v).orElseThrow();
    assertThat(entry(y, 0, 0)).isBetween(0x1p78, 0x1p78 * (1 + 1e-6));
  }

  /** The whole matrix is shown, not only that there was a factor of S: here its rows overflow. */
  @Test
  void whatIsNotShownIsNone() {
    assertThat(above(four(1), rows(new double[] {1e200}))).isEmpty();
    Hermitian negative = new Hermitian(1, 0);
    negative.add(0, Ball.of(-1));
    assertThat(above(negative, rows(new double[] {1}))).isEmpty();
  }

  /**
   * A row along which S is large, 38, so that Y is smaller than its length says: what was spared
   * for its radii is too little then. With more on its diagonal the matrix would be shown, which is
   * not the one that is given.
   */
  @Test
  void whatIsShownIsWhatIsGiven() {
    int n = 20;
    Hermitian form = new Hermitian(n, 0);
    for (int i = 0; i < n; i++) {
      form.add(i, Ball.of(1.99));
      for (int j = 0; j < i; j++) {
        form.add(i, j, 1.9, 0);
      }
    }
    double[] row = new double[n];
    Arrays.fill(row, Math.sqrt(0.55 * 38.09 / n));
    Waves v = rows(row);
    assertThat(above(form, v)).isPresent();
    Arrays.fill(v.matrix().radius[0], 0x1p-33);
    assertThat(above(form, v)).isEmpty();
  }

  /** Two factorisations of 2 (n + m) rows, and the products of the last of them. */
  @Test
  void work() {
    Waves v = rows(new double[] {1, 2}, new double[] {3, 4}, new double[] {0, 5});
    // Rows of 1, 2, 1, 2 (as S is diagonal), 5, 6, 7, 8, 7, 8 numbers; 4 3^2 2 products.
    long first = (1 + 4 + 1 + 4 + 25 + 36 + 49 + 64 + 49 + 64) / 4;
    long second = first;
    assertThat(Spending.of(work -> assertThat(HeadMatrix.above(four(2), v, work)).isPresent()))
        .isEqualTo(first + 72 + second);
  }

  /** Where S has no factor, nothing more is done. */
  @Test
  void workWithoutFactor() {
    Hermitian negative = new Hermitian(1, 0);
    negative.add(0, Ball.of(-1));
    Waves v = rows(new double[] {1});
    assertThat(Spending.of(work -> assertThat(HeadMatrix.above(negative, v, work)).isEmpty()))
        .isEqualTo((1 + 4 + 9 + 16) / 4);
  }
}
