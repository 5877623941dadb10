package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.positivity.Ball;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether {@code g^2 I - G} is enclosed, for vectors anywhere in what encloses them. */
class GramTest {

  /** Of g^2 so that nothing is scaled: the diagonals lie in [1, 2). */
  private static final double SQUARE = 1.75;

  private record Sample(int count, int length, double[][][] middle, double radius) {

    static Sample random(Random random, int count, int length, double radius) {
      double[][][] middle = new double[2][count][];
      for (double[][] part : middle) {
        for (int i = 0; i < count; i++) {
          part[i] = random.doubles(length, -1, 1).map(v -> v / (4 * Math.sqrt(length))).toArray();
        }
      }
      return new Sample(count, length, middle, radius);
    }

    Gram gram() {
      Gram.Vectors vectors = new Gram.Vectors(count, length);
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < length; k++) {
          Ball real = new Ball(middle[0][i][k], radius);
          vectors.put(i, k, new Complex(real, new Ball(middle[1][i][k], radius)));
        }
      }
      return vectors.gram();
    }

    /** An element of vector i, moved by {@code move} radii. */
    BigDecimal element(int part, int i, int k, int move) {
      return new BigDecimal(middle[part][i][k]).add(new BigDecimal(radius * move));
    }
  }

  /** The entries of the lower triangle of {@code [Re H, -Im H; Im H, Re H]}, exactly. */
  private static BigDecimal entry(Sample sample, int row, int column, int[][] moves) {
    int n = sample.count();
    int i = row % n;
    int j = column % n;
    boolean real = row / n == column / n;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 0; k < sample.length(); k++) {
      BigDecimal a = sample.element(0, i, k, moves[0][i]);
      BigDecimal b = sample.element(1, i, k, moves[1][i]);
      BigDecimal c = sample.element(0, j, k, moves[0][j]);
      BigDecimal d = sample.element(1, j, k, moves[1][j]);
      BigDecimal term =
          real ? a.multiply(c).add(b.multiply(d)) : b.multiply(c).subtract(a.multiply(d));
      sum = sum.add(term);
    }
    return (row == column ? new BigDecimal(SQUARE) : BigDecimal.ZERO).subtract(sum);
  }

  private static void assertEncloses(Random random, Sample sample) {
    List<List<Ball>> lower = sample.gram().complement(Ball.of(SQUARE)).orElseThrow();
    assertThat(lower).hasSize(2 * sample.count());
    for (int trial = 0; trial < 4; trial++) {
      int[][] moves = new int[2][sample.count()];
      for (int[] part : moves) {
        for (int i = 0; i < part.length; i++) {
          part[i] = trial == 0 ? 1 : random.nextInt(3) - 1;
        }
      }
      for (int row = 0; row < lower.size(); row++) {
        assertThat(lower.get(row)).hasSize(row + 1);
        for (int column = 0; column <= row; column++) {
          Ball ball = lower.get(row).get(column);
          BigDecimal off =
              entry(sample, row, column, moves).subtract(new BigDecimal(ball.middle())).abs();
          assertThat(off).isLessThanOrEqualTo(new BigDecimal(ball.radius()));
        }
      }
    }
  }

  /** Radii that matter, and are no larger than a few times what can happen. */
  @Test
  void whatIsEnclosedIsCounted() {
    Random random = new Random(1);
    for (int trial = 0; trial < 10; trial++) {
      Sample sample = Sample.random(random, 3, 5, 1e-4);
      assertEncloses(random, sample);
      double radius =
          sample.gram().complement(Ball.of(SQUARE)).orElseThrow().get(1).getFirst().radius();
      assertThat(radius).isBetween(1e-5, 2e-3);
    }
  }

  /** Without radii, what is left is the rounding of sums of products. */
  @Test
  void roundingIsCounted() {
    Random random = new Random(2);
    for (int length : new int[] {1, 2, 3, 50, 400}) {
      assertEncloses(random, Sample.random(random, 3, length, 0));
    }
  }

  /** Tiny vectors beside one: products underflow. */
  @Test
  void underflowIsCounted() {
    Gram.Vectors vectors = new Gram.Vectors(1, 1);
    vectors.put(0, 0, new Complex(new Ball(1e-200, 0), new Ball(0x1p-1074, 0)));
    Ball diagonal = vectors.gram().complement(Ball.of(SQUARE)).orElseThrow().getFirst().getFirst();
    assertThat(diagonal.radius()).isBetween(1e-302, 1e-15);
  }

  /** The diagonal lies in [1/2, 2), whatever the size of g. */
  @Test
  void coordinatesAreScaled() {
    for (double square : new double[] {0x1p-900, 3 * 0x1p-301, 0.5, 1, 1.999, 0x1p7, 0x1p800}) {
      Gram.Vectors vectors = new Gram.Vectors(2, 1);
      Ball half = Ball.of(Math.sqrt(square) / 2);
      vectors.put(0, 0, new Complex(half, Ball.of(0)));
      List<List<Ball>> lower = vectors.gram().complement(Ball.of(square)).orElseThrow();
      for (int i = 0; i < 4; i++) {
        assertThat(lower.get(i).get(i).middle()).isGreaterThanOrEqualTo(0.5).isLessThan(2);
      }
    }
  }

  @Test
  void diagonalsThatAreNotPositive() {
    for (double element : new double[] {2, 1.3229, 1e200, 1e308}) {
      Gram.Vectors vectors = new Gram.Vectors(1, 1);
      vectors.put(0, 0, new Complex(Ball.of(element), Ball.of(0)));
      assertThat(vectors.gram().complement(Ball.of(SQUARE))).isEmpty();
    }
    Gram zero = new Gram.Vectors(1, 1).gram();
    assertThat(zero.complement(Ball.of(0))).isEmpty();
    assertThat(zero.complement(Ball.of(Double.POSITIVE_INFINITY))).isEmpty();
  }
}
